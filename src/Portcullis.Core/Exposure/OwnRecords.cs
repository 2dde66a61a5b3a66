using Portcullis.Core.Classification;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Exposure;

/// <summary>
/// Tells the caller's own record from others': its subject is what the verified token names as the account, or as what ownership compares with.
/// Asked only where a budget is used up. Touched only under the commit lock.
/// </summary>
internal sealed class OwnRecords(KeyRing keys)
{
    private const int MostValues = 8;

    private static readonly byte[] Types =
    [
        SubjectKeys.PlainId,
        .. new[] { "account-id", "customer-id", "user-id", "phone", "email" }.Select(id =>
            (byte)System.Numerics.BitOperations.TrailingZeroCount(DataClasses.BitOf(id))
        ),
    ];

    private readonly List<Key128> _own = [];
    private bool _isRead;

    public bool Hold(Exchange exchange, Key128 subject)
    {
        if (!_isRead)
        {
            _isRead = true;
            Read(exchange);
        }
        return _own.Contains(subject);
    }

    public void Clear()
    {
        _own.Clear();
        _isRead = false;
    }

    private void Read(Exchange exchange)
    {
        // A token that many hold names an app or a service, and nobody's record is theirs.
        if (exchange.Identity is not { NamesOnePerson: true } identity || exchange.Caller is { IsShared: true })
        {
            return;
        }
        Add(identity.Claims.GetValueOrDefault(identity.Issuer?.AccountClaim ?? "sub"));
        foreach (var claim in exchange.Plan?.OwnClaims ?? [])
        {
            Add(identity.Claims.GetValueOrDefault(claim));
        }
    }

    private void Add(byte[][]? values)
    {
        foreach (var value in values.AsSpan()[..Math.Min(values?.Length ?? 0, MostValues)])
        {
            foreach (var type in Types)
            {
                _own.Add(SubjectKeys.Subject(keys, type, value));
            }
        }
    }
}

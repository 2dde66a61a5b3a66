using System.Numerics;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;

namespace Portcullis.Core.Classification;

/// <summary>
/// Tells the caller's own record from others': its subject is what the verified token names as the account, or as what ownership compares
/// with. The keys are kept with the identity, so that a known token costs none.
/// </summary>
/// <param name="plan">Operation whose ownership named the claims.</param>
/// <param name="subjects">Keys of the caller's own subjects there.</param>
internal sealed class OwnRecords(OperationPlan? plan, Key128[] subjects)
{
    private const int MostValues = 8;

    private static readonly byte[] Types =
    [
        SubjectKeys.PlainId,
        .. new[] { "account-id", "customer-id", "user-id", "phone", "email" }.Select(id =>
            (byte)BitOperations.TrailingZeroCount(DataClasses.BitOf(id))
        ),
    ];

    private static readonly OwnRecords None = new(null, []);

    public static bool Hold(KeyRing keys, Exchange exchange, Key128 subject) => Of(keys, exchange).Has(subject);

    private bool Has(Key128 subject) => subjects.AsSpan().Contains(subject);

    private bool IsOf(OperationPlan? asked) => ReferenceEquals(plan, asked);

    private static OwnRecords Of(KeyRing keys, Exchange exchange)
    {
        // A token that many hold names an app or a service, and nobody's record is theirs.
        if (exchange.Identity is not { NamesOnePerson: true } identity || exchange.Caller is { IsShared: true })
        {
            return None;
        }
        var known = identity.Own;
        if (known is null || !known.IsOf(exchange.Plan))
        {
            known = Read(keys, identity, exchange.Plan);
            identity.Own = known;
        }
        return known;
    }

    private static OwnRecords Read(KeyRing keys, VerifiedIdentity identity, OperationPlan? plan)
    {
        var subjects = new List<Key128>();
        Add(subjects, keys, identity.Claims.Find(identity.Issuer?.AccountClaim ?? "sub"));
        foreach (var claim in plan?.OwnClaims ?? [])
        {
            Add(subjects, keys, identity.Claims.Find(claim));
        }
        return new OwnRecords(plan, [.. subjects]);
    }

    private static void Add(List<Key128> subjects, KeyRing keys, ClaimValues values)
    {
        for (var i = 0; i < values.Count && i < MostValues; i++)
        {
            foreach (var type in Types)
            {
                subjects.Add(SubjectKeys.Subject(keys, type, values[i]));
            }
        }
    }
}

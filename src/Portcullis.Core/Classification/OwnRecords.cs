using System.Numerics;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;

namespace Portcullis.Core.Classification;

/// <summary>
/// Tells the caller's own record from others': its subject is what the verified token names as the account, or as what ownership compares
/// with.
/// </summary>
internal static class OwnRecords
{
    private const int MostValues = 8;

    private static readonly byte[] Types =
    [
        SubjectKeys.PlainId,
        .. new[] { "account-id", "customer-id", "user-id", "phone", "email" }.Select(id =>
            (byte)BitOperations.TrailingZeroCount(DataClasses.BitOf(id))
        ),
    ];

    public static bool Hold(KeyRing keys, Exchange exchange, Key128 subject) => Of(keys, exchange).Has(subject);

    private static OwnSubjects Of(KeyRing keys, Exchange exchange)
    {
        // A token that many hold names an app or a service, and nobody's record is theirs.
        if (exchange.Identity is not { NamesOnePerson: true } identity || exchange.Caller is { IsShared: true })
        {
            return OwnSubjects.None;
        }
        var known = identity.Own;
        if (known is null || !known.AreOf(exchange.Plan))
        {
            known = Read(keys, identity, exchange.Plan);
            identity.Own = known;
        }
        return known;
    }

    private static OwnSubjects Read(KeyRing keys, VerifiedIdentity identity, OperationPlan? plan)
    {
        var subjects = new List<Key128>();
        Add(subjects, keys, identity.Claims.Find(identity.Issuer?.AccountClaim ?? "sub"));
        foreach (var claim in plan?.OwnClaims ?? [])
        {
            Add(subjects, keys, identity.Claims.Find(claim));
        }
        return new OwnSubjects(plan, [.. subjects]);
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

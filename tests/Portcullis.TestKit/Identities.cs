using System.Text;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.TestKit;

/// <summary>Identities that a verified token would prove.</summary>
public static class Identities
{
    /// <summary>Of an account, known as <c>sub</c>.</summary>
    public static VerifiedIdentity Named(string account, Key128 key = default) =>
        new(Rung.Account, key, ClaimSet.Of([new("sub", [Encoding.UTF8.GetBytes(account)])]), long.MaxValue);
}

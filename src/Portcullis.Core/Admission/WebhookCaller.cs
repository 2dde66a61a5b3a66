using System.Text;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Admission;

/// <summary>Makes the sender of a signed webhook the caller: one for each operation, and no person.</summary>
internal static class WebhookCaller
{
    /// <summary>Readable as <c>token.webhook</c>: the operation the sender may call.</summary>
    public const string Claim = "webhook";

    public static void Put(GateState state, Exchange exchange)
    {
        var id = exchange.Operation!.Id;
        var key = state.Keys.Hash(KeyPurpose.Caller, (byte)Rung.ApiKey, $"webhook {id}");
        var claims = ClaimSet.Of([new(Claim, [Encoding.UTF8.GetBytes(id)])]);
        exchange.Identity = new VerifiedIdentity(Rung.ApiKey, key, claims, long.MaxValue) { NamesOnePerson = false };
        exchange.Caller = null;
        exchange.Pools &= ~(1UL << BuiltInPools.Anonymous);
        CallerRungs.Add(state, exchange, key, Rung.ApiKey);
        CallerRungs.AddDeclaredPools(exchange);
    }
}

using System.Net;
using Portcullis.Core;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;

namespace Portcullis.Analysis.Inventory;

/// <summary>
/// Turns what an operator calls a caller into the hashes it may be recorded under: a hash itself, <c>key:NAME</c> or <c>key:ID</c> of an API
/// key, <c>network:ADDRESS</c>, or else the name of an account in every realm the policy knows.
/// </summary>
public static class CallerNames
{
    private const string KeyPrefix = "key:";
    private const string NetworkPrefix = "network:";

    /// <summary>Candidates, likeliest first; empty when the name leads to nothing.</summary>
    public static IReadOnlyList<Key128> Find(GateState state, string name)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(name);
        name = name.Trim();
        if (Key128.TryParse(name, out var hash))
        {
            return [hash];
        }
        if (name.StartsWith(KeyPrefix, StringComparison.Ordinal))
        {
            return ApiKeys(state, name[KeyPrefix.Length..]);
        }
        if (name.StartsWith(NetworkPrefix, StringComparison.Ordinal))
        {
            return IPAddress.TryParse(name.AsSpan(NetworkPrefix.Length), out var address)
                ? [ClientNetwork.Of(state.Keys, address)]
                : [];
        }
        if (name.Length == 0)
        {
            return [];
        }
        var accounts = Realms(state).Select(realm => AccountKey.Of(state.Keys, realm, name.AsSpan())).Distinct().ToList();
        // An account that was seen comes before one that only could be.
        return [.. accounts.OrderByDescending(key => state.Callers.TryGet(key, out _)), .. ApiKeys(state, name)];
    }

    private static IEnumerable<string> Realms(GateState state)
    {
        var plan = state.Policy.Identity;
        return plan
            .Issuers.Select(issuer => issuer.Realm)
            .Concat(plan.Accounts.Select(rule => rule.Realm))
            .Append(plan.Introspection?.Issuer.Realm ?? "")
            .Concat(plan.Clients.Select(client => client.Realm))
            .Append("")
            .Distinct();
    }

    private static List<Key128> ApiKeys(GateState state, string name)
    {
        var store = state.Identity.ApiKeys;
        return [.. store.List().Where(key => key.Id == name || key.Settings.Name == name).Select(store.RungOf)];
    }
}

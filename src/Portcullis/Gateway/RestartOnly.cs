using Portcullis.Core.Policy.Options;

namespace Portcullis.Gateway;

/// <summary>The keys of a policy that are fixed for the life of the process.</summary>
internal static class RestartOnly
{
    /// <summary>Names of those that differ, as the policy writes them.</summary>
    public static string[] Changed(GatewayOptions started, GatewayOptions now)
    {
        (string Key, bool IsSame)[] keys =
        [
            ("`listen`", started.Listen.SequenceEqual(now.Listen)),
            ("`admin`", started.Admin == now.Admin),
            ("`data`", started.Data == now.Data),
            ("`durability`", started.Durability == now.Durability),
            ("`journal`", started.Journal == now.Journal),
            ("`retention`", started.Retention == now.Retention),
            ("`emptyExchanges`", started.EmptyExchanges == now.EmptyExchanges),
            ("`ledgerKey`", started.LedgerKey == now.LedgerKey),
            ("`tls`", started.Tls == now.Tls),
        ];
        return [.. keys.Where(key => !key.IsSame).Select(key => key.Key)];
    }
}

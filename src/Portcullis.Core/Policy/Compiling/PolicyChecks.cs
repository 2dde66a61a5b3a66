using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>What single keys cannot tell: keys that exclude or need each other.</summary>
internal static class PolicyChecks
{
    public static void Run(GatewayOptions options, PolicyReport report)
    {
        var key = options.LedgerKey;
        if (new[] { key.File, key.Environment, key.Command }.Count(source => source is not null) > 1)
        {
            report.Add(
                "ledgerKey",
                "The key comes from more than one place.",
                "Keep one of `file`, `environment` and `command`."
            );
        }
        if (options.Tls is { Certificate: null, Key: not null })
        {
            report.Add("tls", "`certificate` is missing beside the key.", "Add `certificate`.");
        }
        if (options.Tls.Certificate is null && options.Tls.Key is null)
        {
            for (var i = 0; i < options.Listen.Count; i++)
            {
                Certificate($"listen[{i}]", options.Listen[i], report);
            }
            Certificate("admin", options.Admin, report);
        }
        if (options.Listen.Count == 0 && !report.IsBroken("listen"))
        {
            report.Add("listen", "The gateway listens nowhere.", "Add an address.");
        }
        // Port 0 is any free port, another one each time.
        if (options.Listen.Contains(options.Admin) && !options.Admin.EndsWith(":0", StringComparison.Ordinal))
        {
            report.Add(
                "admin",
                "The admin API would be served to every caller.",
                "Give it an address of its own that is not in `listen`."
            );
        }
        Accounts(options.Identity, report);
        Refusals(options.Upstreams, report);
        if (options.Hold.Total < options.Hold.PerBody)
        {
            report.Add(
                "hold.total",
                "Less than one body of `hold.perBody` may be held in all.",
                "Raise `hold.total`, or lower `hold.perBody`."
            );
        }
    }

    // What is left in braces would reach every caller as it stands here.
    private static void Refusals(List<UpstreamOptions> upstreams, PolicyReport report)
    {
        for (var i = 0; i < upstreams.Count; i++)
        {
            foreach (var (name, meant, at) in RefusalTemplate.Misspelt(upstreams[i].Refusals.Template ?? ""))
            {
                report.AddAt(
                    $"upstreams[{i}].refusals.template",
                    at,
                    $"`{{{MessageText.Shown(name)}}}` is no placeholder.",
                    $"Did you mean `{{{meant}}}`? "
                        + $"Known here: {string.Join(", ", RefusalTemplate.Placeholders.Select(known => $"`{{{known}}}`"))}."
                );
            }
        }
    }

    private static void Certificate(string path, string address, PolicyReport report)
    {
        if (address.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            report.Add(
                path,
                "An https address needs a certificate.",
                "Set `tls.certificate`, and `tls.key` if that is another file, or write `http:`."
            );
        }
    }

    private static void Accounts(IdentityOptions identity, PolicyReport report)
    {
        var path =
            identity.Session.AccountField is not null ? "identity.session.accountField"
            : identity.Accounts.Field is not null ? "identity.accounts.field"
            : identity.Introspection is not null ? "identity.introspection"
            : null;
        if (path is not null && identity.Jwt.Count > 0 && identity.Accounts.Issuer is null)
        {
            report.Warn(
                path,
                "Accounts named here are not those of the tokens, so who comes both ways has a budget for each.",
                "If they are the same, say so with `identity.accounts.issuer`."
            );
        }
    }
}

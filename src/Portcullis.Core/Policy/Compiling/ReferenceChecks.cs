using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Checks that operations named elsewhere in the policy exist.</summary>
internal static class ReferenceChecks
{
    public static void Run(GatewayOptions options, List<MergedOperation> operations, PolicyReport report)
    {
        Check(options.Identity.Session.VouchedBy, "identity.session.vouchedBy", operations, report);
        Check(options.Identity.Accounts.Operations, "identity.accounts.operations", operations, report);
    }

    /// <summary>The operations that a list of ids names; each unknown one is reported.</summary>
    public static List<MergedOperation> Check(
        List<string> ids,
        string path,
        List<MergedOperation> operations,
        PolicyReport report
    )
    {
        var found = new List<MergedOperation>();
        for (var i = 0; i < ids.Count; i++)
        {
            var shape = OperationMerge.ShapeOf(ids[i]);
            var matches = operations.FindAll(operation => operation.Shape == shape);
            found.AddRange(matches);
            if (matches.Count > 0 || shape is null)
            {
                continue;
            }
            var known = operations.Select(operation => operation.Id).Distinct(StringComparer.Ordinal).ToArray();
            report.Add(
                $"{path}[{i}]",
                $"No operation `{MessageText.Shown(ids[i])}` is declared.",
                MessageText.Nearest(ids[i], known) is { } nearest
                    ? $"Did you mean `{nearest}`?"
                    : "Declare it under `operations`, or in the contract."
            );
        }
        return found;
    }
}

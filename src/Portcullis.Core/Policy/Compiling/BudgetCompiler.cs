using Portcullis.Core.Budgets;
using Portcullis.Core.Expressions;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Compiles budgets: their share of the limit, their pool, and the group of operations that adds up.</summary>
internal sealed class BudgetCompiler(
    GatewayOptions options,
    Dictionary<string, Pool> pools,
    List<MergedOperation> operations,
    PolicyReport report
)
{
    private const double UsualReserve = 0.2;

    private readonly Dictionary<string, string> _groups = new(StringComparer.Ordinal);

    public List<Budget> Compile()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var budgets = new List<Budget>();
        for (var i = 0; i < options.Budgets.Count; i++)
        {
            var (written, path) = (options.Budgets[i], $"budgets[{i}]");
            if (written.Name.Length > 0 && !names.Add(written.Name))
            {
                report.Add(
                    $"{path}.name",
                    $"There are two budgets `{written.Name}`.",
                    "Give each its own name; what was used is kept by it."
                );
            }
            budgets.Add(
                new Budget
                {
                    Name = written.Name,
                    Scope = written.Per,
                    Pool = PoolOf(written, path),
                    Group = GroupOf(written, path),
                    Limit = LimitOf(written, path),
                    Window = written.Window,
                    Over = OverOf(written, path),
                    Reserve = ReserveOf(written, path),
                }
            );
        }
        return budgets;
    }

    private Pool? PoolOf(BudgetOptions written, string path)
    {
        if (written.Pool is not { } name || pools.TryGetValue(name, out var pool))
        {
            return written.Pool is null ? null : pools[written.Pool];
        }
        report.Add(
            $"{path}.pool",
            $"There is no pool `{name}`.",
            MessageText.Suggest(name, pools.Keys, "Declare it under `pools`.")
        );
        return null;
    }

    private string GroupOf(BudgetOptions written, string path)
    {
        if (written.Operations.Count == 0)
        {
            return BudgetBook.Everything;
        }
        var ids = ReferenceChecks
            .Check(written.Operations, $"{path}.operations", operations, report)
            .Select(operation => operation.Id)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var group = string.Join(',', ids);
        // One text object per group, so that the books compare by reference mostly.
        return _groups.TryGetValue(group, out var known) ? known : _groups[group] = group;
    }

    /// <summary>One gateway's part of a limit, rounded down: side by side they must never let more out than the limit.</summary>
    public static int Share(int limit, int instances) => limit / instances;

    private int LimitOf(BudgetOptions written, string path)
    {
        var share = Share(written.Limit, options.Instances);
        if (share == 0 && !report.IsBroken($"{path}.limit"))
        {
            report.Add(
                $"{path}.limit",
                $"Divided by {options.Instances} instances, nothing is left of {written.Limit}.",
                "Raise the limit to at least the number of `instances`."
            );
        }
        return Math.Max(1, share);
    }

    private OverBudgetWord OverOf(BudgetOptions written, string path)
    {
        if (written.Over == OverBudgetWord.Degrade && written.Per == BudgetScope.Caller)
        {
            report.Add(
                $"{path}.over",
                "`degrade` is how a pool goes on when it is used up, and this budget is per caller.",
                "Set `per: pool`, or one of `clip`, `refuse`, `mask`."
            );
        }
        return written.Over ?? (written.Per == BudgetScope.Pool ? OverBudgetWord.Degrade : OverBudgetWord.Clip);
    }

    private double ReserveOf(BudgetOptions written, string path)
    {
        if (written.Reserve > 0 && written.Per == BudgetScope.Caller)
        {
            report.Add(
                $"{path}.reserve",
                "A reserve is a share of a pool's limit, and this budget is per caller.",
                "Set `per: pool`, or remove `reserve`."
            );
        }
        return written.Reserve ?? (written.Per == BudgetScope.Pool ? UsualReserve : 0);
    }
}

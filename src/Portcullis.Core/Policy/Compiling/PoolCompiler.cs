using Portcullis.Core.Expressions;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Numbers the pools and compiles who belongs to them.</summary>
internal static class PoolCompiler
{
    // One bit each in a 64-bit set.
    private const int MaxDeclared = 64 - BuiltInPools.FirstDeclared;

    private static readonly ExpressionScope Scope = new();

    public static Pool[] Compile(List<PoolOptions> options, PolicyReport report)
    {
        var pools = new List<Pool> { new(BuiltInPools.Anonymous, "anonymous", null), new(BuiltInPools.New, "new", null) };
        if (options.Count > MaxDeclared)
        {
            report.Add("pools", $"There are {options.Count} pools; {MaxDeclared} are the most.", "Join some of them.");
            options = options[..MaxDeclared];
        }
        for (var i = 0; i < options.Count; i++)
        {
            var (written, path) = (options[i], $"pools[{i}]");
            if (written.Name.Length == 0)
            {
                continue;
            }
            if (pools.Exists(pool => pool.Name == written.Name))
            {
                var isBuiltIn = i == 0 || written.Name is "anonymous" or "new";
                report.Add(
                    $"{path}.name",
                    isBuiltIn ? $"`{written.Name}` always exists." : $"There are two pools `{written.Name}`.",
                    isBuiltIn ? "Remove the entry; budgets can refer to the pool as it is." : "Give each its own name."
                );
                continue;
            }
            var members =
                written.Members.Length == 0 ? null : Conditions.Compile([written.Members], $"{path}.members", Scope, report);
            pools.Add(new Pool(pools.Count, written.Name, members));
        }
        return [.. pools];
    }
}

using System.Text;
using Portcullis.Core.Exposure;
using Portcullis.Core.Policy.Expressions;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Makes the plan of each operation from what contract and policy say of it.</summary>
internal sealed record PlanCompiler
{
    public required GatewayOptions Gateway { get; init; }

    /// <summary>Where operations are entered.</summary>
    public required OperationRegistry Registry { get; init; }

    /// <summary>Data classes by id, one bit each.</summary>
    public required IReadOnlyDictionary<string, ulong> DataClasses { get; init; }

    public required IReadOnlyDictionary<string, Pool> Pools { get; init; }

    public required IReadOnlyList<Budget> Budgets { get; init; }

    public required PolicyReport Report { get; init; }

    private static readonly OperationOptions Silent = new();

    /// <summary>The plan of a declared operation; null when there are more operations than the gate can hold.</summary>
    public OperationPlan? Compile(MergedOperation merged)
    {
        var written = merged.Options ?? Silent;
        var scope = new ExpressionScope
        {
            PathParameters = merged.ParameterNames,
            HasRequest = true,
            Pools = Pools,
        };
        var request = Conditions.Compile(written.Ownership, $"{merged.Path}.ownership", scope, Report);
        var items = Conditions.Compile(written.Items, $"{merged.Path}.items", scope with { HasItem = true }, Report);
        if (written.Items.Count > 0 && !written.Inspect)
        {
            Report.Add(
                $"{merged.Path}.items",
                "Items are judged only where answers are read.",
                "Remove `inspect: false`, or `items`."
            );
        }
        var returned = Classes(written.Returns, $"{merged.Path}.returns");
        var open = Classes(written.Public, $"{merged.Path}.public");
        if (Registry.TryAdd(merged.Upstream.Name, merged.Method, merged.Template, isDeclared: true) is not { } operation)
        {
            Report.Add(
                merged.Path,
                $"There are more than {Registry.Capacity:N0} operations.",
                "Split the APIs over several gateways."
            );
            return null;
        }
        return new OperationPlan
        {
            Operation = operation,
            Authentication = written.Authentication ?? AuthenticationOf(merged.Contract),
            ParameterNames = merged.ParameterNames,
            Contract = merged.Contract?.Plan,
            RequestContract = written.Contract ?? merged.Upstream.Options.ContractMode,
            ResponseContract = written.ContractAnswers ?? merged.Upstream.Options.ContractAnswers,
            RequestOwnership = request,
            ItemOwnership = items,
            OwnClaims = OwnClaims(request, items),
            HidesForeign = written.Foreign == ForeignWord.NotFound,
            SubjectField = written.Subject is { } subject ? Encoding.UTF8.GetBytes(subject) : null,
            DeclaredClasses = returned | (merged.Contract?.Classes ?? 0),
            PublicClasses = open,
            Mode = written.Mode,
            OnFailure = written.OnFailure ?? Gateway.OnFailure,
            Unmeasured = written.Unmeasured ?? Gateway.Unmeasured,
            InspectsResponse = written.Inspect,
            ReadsRequestBody = merged.Contract?.ReadsRequestBody ?? false,
            Budgets = [.. Budgets.Where(budget => Holds(budget, merged.Id))],
        };
    }

    /// <summary>The plan of an operation that traffic taught.</summary>
    public OperationPlan Learned(Operation operation) =>
        new()
        {
            Operation = operation,
            ParameterNames = OperationTemplate.Parameters(operation.Template),
            OnFailure = Gateway.OnFailure,
            Unmeasured = Gateway.Unmeasured,
            Budgets = [.. Budgets.Where(budget => budget.Group == BudgetBook.Everything)],
        };

    private static string[] OwnClaims(params Expression?[] conditions)
    {
        var claims = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var condition in conditions)
        {
            condition?.AddOwnClaims(claims);
        }
        return [.. claims];
    }

    private static bool Holds(Budget budget, string id) =>
        budget.Group == BudgetBook.Everything || budget.Group.Split(',').Contains(id);

    private static AuthenticationWord AuthenticationOf(ContractOperation? contract) =>
        contract switch
        {
            { RequiresAuthentication: true } => AuthenticationWord.Required,
            { IsLoginLike: true } => AuthenticationWord.Public,
            _ => AuthenticationWord.Learned,
        };

    private ulong Classes(List<string> ids, string path)
    {
        var classes = 0UL;
        for (var i = 0; i < ids.Count; i++)
        {
            if (DataClasses.TryGetValue(ids[i], out var bit))
            {
                classes |= bit;
                continue;
            }
            Report.Add(
                $"{path}[{i}]",
                $"There is no data class `{PolicyText.Shown(ids[i])}`.",
                PolicyText.Suggest(ids[i], [.. DataClasses.Keys], "`portcullis catalog` lists them.")
            );
        }
        return classes;
    }
}

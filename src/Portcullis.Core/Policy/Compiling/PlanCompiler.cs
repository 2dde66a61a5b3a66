using System.Text;
using Portcullis.Core.Admission;
using Portcullis.Core.Budgets;
using Portcullis.Core.Contracts.Documents;
using Portcullis.Core.Expressions;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Routing;
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

    /// <summary>Where relative paths start.</summary>
    public string Folder { get; init; } = "";

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
        var webhook = written.Webhook is { } signed
            ? WebhookCompiler.Compile(signed, Folder, $"{merged.Path}.webhook", Report)
            : null;
        var authentication = written.Authentication ?? AuthenticationOf(merged, webhook);
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
            Authentication = authentication,
            Webhook = webhook,
            ParameterNames = merged.ParameterNames,
            Contract = merged.Contract?.Plan,
            RequestContract = written.Contract ?? merged.Upstream.Options.ContractMode,
            ResponseContract = written.ContractAnswers ?? merged.Upstream.Options.ContractAnswers,
            UndeclaredFields = written.UndeclaredFields ?? merged.Upstream.Options.UndeclaredFields,
            RequestOwnership = request,
            ItemOwnership = items,
            OwnClaims = OwnClaims(request, items),
            HidesForeign = written.Foreign == ForeignWord.NotFound,
            SubjectField = written.Subject is { } subject ? Encoding.UTF8.GetBytes(subject) : null,
            DeclaredClasses = returned | (merged.Contract?.Classes ?? 0),
            PublicClasses = open | ContactsOf(merged.Method, merged.Template),
            Mode = written.Mode,
            OnFailure = written.OnFailure ?? Gateway.OnFailure,
            Unmeasured = written.Unmeasured ?? Gateway.Unmeasured,
            InspectsResponse = written.Inspect,
            ReadsRequestBody =
                merged.Contract?.ReadsRequestBody == true || webhook is not null || authentication == AuthenticationWord.Guest,
            Budgets = [.. Budgets.Where(budget => Holds(budget, merged.Id))],
        };
    }

    /// <summary>The plan of an operation that traffic taught.</summary>
    public OperationPlan Learned(Operation operation) =>
        new()
        {
            Operation = operation,
            ParameterNames = RouteTemplate.Parameters(operation.Template),
            Authentication = LoginWords.FitLearned(operation.Method, operation.Template)
                ? AuthenticationWord.SignIn
                : AuthenticationWord.Learned,
            PublicClasses = ContactsOf(operation.Method, operation.Template),
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

    private static AuthenticationWord AuthenticationOf(MergedOperation merged, SignedWebhook? webhook) =>
        merged.Contract switch
        {
            _ when webhook is not null => AuthenticationWord.Required,
            { RequiresAuthentication: true } => AuthenticationWord.Required,
            { IsLoginLike: true } => AuthenticationWord.SignIn,
            null when LoginWords.Fit(merged.Method, merged.Template, "") => AuthenticationWord.SignIn,
            _ => AuthenticationWord.Learned,
        };

    // RFC 9116: made to be read by strangers, and nothing but the contacts of the operator.
    private ulong ContactsOf(string method, string template) =>
        method is "GET" or "HEAD" && template == "/.well-known/security.txt"
            ? DataClasses.GetValueOrDefault("email") | DataClasses.GetValueOrDefault("phone")
            : 0;

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
                $"There is no data class `{MessageText.Shown(ids[i])}`.",
                MessageText.Suggest(ids[i], [.. DataClasses.Keys], "`portcullis check --schema` lists them.")
            );
        }
        return classes;
    }
}

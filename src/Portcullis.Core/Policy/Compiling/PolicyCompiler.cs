using System.Collections.Frozen;
using System.Net;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Turns what was written into the snapshot guards read: resolves every reference, divides budgets, merges contracts.</summary>
public sealed class PolicyCompiler
{
    private readonly GatewayOptions _options;
    private readonly PolicyContext _context;
    private readonly PolicyReport _report;
    private readonly List<PolicyError> _errors = [];

    private PolicyCompiler(GatewayOptions options, PolicyOrigins origins, PolicyContext context, IEnumerable<PolicyError> known)
    {
        _options = options;
        _context = context;
        _errors.AddRange(known);
        _report = new PolicyReport(origins, _errors);
    }

    /// <summary>Compiles options; the snapshot is null when anything is wrong.</summary>
    public static PolicyCompilation Compile(PolicyReading reading, PolicyContext context)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(context);
        if (reading.Options is not { } options)
        {
            return new PolicyCompilation(null, null, reading.Errors);
        }
        var compiler = new PolicyCompiler(options, reading.Origins, context, reading.Errors);
        var snapshot = compiler.Compile();
        var isSound = compiler._errors.Count == 0;
        return new PolicyCompilation(isSound ? snapshot : null, options, InOrder(compiler._errors))
        {
            Warnings = InOrder(compiler._report.Warnings),
            ContractFiles = compiler._report.ContractFiles,
        };
    }

    /// <summary>Compiles options set in code.</summary>
    public static PolicyCompilation Compile(GatewayOptions options, PolicyContext context) =>
        Compile(new PolicyReading(options, PolicyOrigins.None, []), context);

    private static PolicyError[] InOrder(List<PolicyError> errors) =>
        [
            .. errors
                .OrderBy(error => error.Origin.Source, StringComparer.Ordinal)
                .ThenBy(error => error.Origin.Line)
                .ThenBy(error => error.Origin.Column),
        ];

    private PolicySnapshot? Compile()
    {
        PolicyChecks.Run(_options, _report);
        TlsFiles.Check(_options.Tls, _context.Folder, _report);
        var pools = PoolCompiler.Compile(_options.Pools, _report);
        var poolsByName = pools.ToDictionary(pool => pool.Name, StringComparer.Ordinal);
        var drafts = new UpstreamDrafts(_options, _context, _report).Read();
        var operations = new OperationMerge(_options, drafts, _report).Merge();
        var budgets = new BudgetCompiler(_options, poolsByName, operations, _report).Compile();
        ReferenceChecks.Run(_options, operations, _report);
        var identity = IdentityPlanCompiler.Compile(
            _options.Identity,
            _context.Folder,
            (path, message, remedy) => _report.Add($"identity.{path}", message, remedy)
        );
        // Tried on operations that nobody keeps, so that a policy that turns out to be wrong leaves no trace in the gate's.
        var trial = new PlanCompiler
        {
            Gateway = _options,
            Registry = new OperationRegistry { Capacity = _context.Operations.Capacity },
            DataClasses = _context.DataClasses,
            Pools = poolsByName,
            Budgets = budgets,
            Report = _report,
            Folder = _context.Folder,
        };
        operations.ForEach(operation => trial.Compile(operation));
        if (_errors.Count > 0)
        {
            return null;
        }
        var plans = trial with { Registry = _context.Operations };
        var declared = operations
            .Select(operation => (operation.Upstream, Plan: plans.Compile(operation)))
            .ToLookup(pair => pair.Upstream, pair => pair.Plan);
        var upstreams = drafts.Select(draft => UpstreamOf(draft, declared[draft], plans)).ToArray();
        var other = Array.Find(upstreams, upstream => upstream.Hosts.Contains("*") || upstream.Name == _options.UnknownHosts);
        return new PolicySnapshot
        {
            Version = _context.Version,
            Mode = _options.Mode,
            UpstreamsByHost = upstreams
                .SelectMany(upstream =>
                    upstream.Hosts.Where(host => host != "*").Select(host => KeyValuePair.Create(host, upstream))
                )
                .ToFrozenDictionary(StringComparer.Ordinal),
            DefaultUpstream = other,
            Identity = identity,
            Pools = pools,
            Budgets = [.. budgets],
            SignIns = SignInsOf(declared.SelectMany(plans => plans).OfType<OperationPlan>()),
            NewIdentityAge = _options.NewIdentityAge,
            AllowsAnonymousPersonalData = _options.AnonymousPersonalData == PermissionWord.Allow,
            Hold = HoldOf(_options.Hold),
            OnJournalFailure = _options.OnJournalFailure,
            KeepsCacheControl = _options.CacheControl == CacheControlWord.Keep,
            TrustedProxies = [.. _options.TrustedProxies.Select(NetworkOf)],
        };
    }

    private static FrozenSet<string> SignInsOf(IEnumerable<OperationPlan> plans) =>
        plans
            .Where(plan => plan.Authentication == AuthenticationWord.SignIn)
            .Select(plan => plan.Operation.Id)
            .ToFrozenSet(StringComparer.Ordinal);

    private static HoldLimits HoldOf(HoldOptions hold) =>
        new()
        {
            PerBody = (int)hold.PerBody,
            Total = hold.Total,
            Timeout = hold.Timeout,
            Exchanges = hold.Exchanges,
        };

    private UpstreamPlan UpstreamOf(UpstreamDraft draft, IEnumerable<OperationPlan?> declared, PlanCompiler plans)
    {
        var refuses = draft.Options.UnknownOperations == UnknownOperationWord.Refuse;
        var learned = new LearnedOperations(draft.Name, _context.Operations, plans.Learned);
        return new UpstreamPlan
        {
            Name = draft.Name,
            Address = draft.Address!,
            Hosts = draft.Hosts,
            KeepsHost = draft.Options.Host == HostWord.Original,
            Router = new DeclaredRouter(declared.OfType<OperationPlan>(), learned, matchesLoosely: !refuses),
            RefusesUnknownOperations = refuses,
            RefusalTemplate = draft.Options.Refusals.Template,
            RefusalType = draft.Options.Refusals.Type,
        };
    }

    private static IPNetwork NetworkOf(string text) =>
        IPNetwork.TryParse(text, out var network)
            ? network
            : new IPNetwork(IPAddress.Parse(text), IPAddress.Parse(text).GetAddressBytes().Length * 8);
}

using Portcullis.Analysis.Exposures;
using Portcullis.Analysis.Inventory;
using Portcullis.Analysis.Readiness;
using Portcullis.Api.Answers;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Api;

/// <summary>Operations: what each returns, whether it is ready to enforce, and its switches.</summary>
internal static class OperationRoutes
{
    private static readonly TimeSpan LongestBypass = TimeSpan.FromHours(24);

    public static IReadOnlyList<AdminRoute> All { get; } =
    [
        new()
        {
            Method = "GET",
            Path = "/v1/operations",
            Id = "operations",
            Summary = "Every operation, declared or learned: mode, data classes, callers.",
            Answer = AdminJson.Default.OperationAnswerArray,
            Handle = OperationsAsync,
        },
        new()
        {
            Method = "GET",
            Path = "/v1/ready",
            Id = "ready",
            Summary = "By operation: what would have been refused, a proposed budget, what to do.",
            Answer = AdminJson.Default.ReadyAnswerArray,
            Handle = ReadyAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/v1/operations/{index}/mode",
            Id = "setMode",
            Summary = "Switches one operation to enforce, to monitor, or back to the policy's mode.",
            Body = AdminJson.Default.ModeRequest,
            Answer = AdminJson.Default.OperationAnswer,
            Handle = SetModeAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/v1/operations/{index}/bypass",
            Id = "bypass",
            Summary = "Lets one operation pass for at most 24 hours; ends by itself, is recorded.",
            Body = AdminJson.Default.BypassRequest,
            Answer = AdminJson.Default.OperationAnswer,
            Handle = BypassAsync,
        },
    ];

    private static async Task<object> OperationsAsync(AdminCall call)
    {
        await call.CatchUpAsync();
        var usage = await UsageAsync(call);
        return call
            .State.Operations.All.ToArray()
            .Select(one => Answer(call.State, one, usage.GetValueOrDefault(one.Index)))
            .ToArray();
    }

    private static async Task<object> ReadyAsync(AdminCall call)
    {
        await call.CatchUpAsync();
        var state = call.State;
        var usage = await UsageAsync(call);
        var answers = new List<ReadyAnswer>();
        foreach (var operation in state.Operations.All.ToArray())
        {
            if (usage.GetValueOrDefault(operation.Index) is { } seen)
            {
                answers.Add(Ready(state, operation, seen));
            }
        }
        return answers.ToArray();
    }

    private static async Task<object> SetModeAsync(AdminCall call)
    {
        var operation = call.OperationFrom("index");
        var request = await call.ReadAsync(AdminJson.Default.ModeRequest);
        Mode? mode = request.Mode switch
        {
            "enforce" => Mode.Enforce,
            "monitor" => Mode.Monitor,
            "policy" => null,
            _ => throw AdminProblem.BadInput("mode: must be enforce, monitor or policy."),
        };
        var until = Duration.EndOf(request.Until, call.State.Clock.Now, "until");
        call.State.Override(operation, new ModeOverride(mode, until, Wording.Why(request.Why)));
        return Answer(call.State, operation, null);
    }

    private static async Task<object> BypassAsync(AdminCall call)
    {
        var operation = call.OperationFrom("index");
        var request = await call.ReadAsync(AdminJson.Default.BypassRequest);
        if (!Duration.TryParse(request.For, out var duration) || duration <= TimeSpan.Zero || duration > LongestBypass)
        {
            throw AdminProblem.BadInput(
                "for: write a duration of at most 24h, for example 15m. For longer, demote the operation."
            );
        }
        var until = call.State.Clock.Now + (long)duration.TotalMilliseconds;
        call.State.Override(operation, new ModeOverride(Mode.Monitor, until, Wording.Why(request.Why)));
        return Answer(call.State, operation, null);
    }

    private static async Task<Dictionary<int, OperationUsage>> UsageAsync(AdminCall call) =>
        (await call.Ledger.UsageAsync(call.Aborted)).ToDictionary(usage => usage.Operation);

    private static OperationAnswer Answer(GateState state, Operation operation, OperationUsage? usage)
    {
        var change = state.Overrides.InForce(operation.Index, state.Clock.Now);
        return new OperationAnswer
        {
            Index = operation.Index,
            Upstream = operation.Upstream,
            Operation = operation.Id,
            IsDeclared = operation.IsDeclared,
            Mode = Wording.Camel(Wording.ModeOf(state, operation)),
            Until = change is { Mode: not null } ? Wording.End(change.Until) : null,
            Why = change is { Mode: not null } ? change.Why : null,
            Classes = DataClassNames.Of(operation.ClassesSeen),
            AnonymousPersonalData = operation.AnonymousPersonalData,
            Exchanges = usage?.Exchanges ?? operation.Exchanges,
            Callers = usage?.Callers ?? 0,
            MostPeople = usage?.MostPeople ?? 0,
        };
    }

    private static ReadyAnswer Ready(GateState state, Operation operation, OperationUsage usage)
    {
        var mode = Wording.ModeOf(state, operation);
        var readiness = OperationReadiness.Of(usage, mode == Mode.Enforce, state.Clock.Now);
        return new ReadyAnswer
        {
            Index = operation.Index,
            Operation = operation.Id,
            Mode = Wording.Camel(mode),
            Exchanges = usage.Exchanges,
            Callers = usage.Callers,
            Objections =
            [
                .. usage.Objections.Select(objection => new ObjectionAnswer(
                    objection.Reason,
                    objection.Exchanges,
                    objection.Callers,
                    usage.Callers == 0 ? 0 : Math.Round(objection.Callers / (double)usage.Callers, 6)
                )),
            ],
            ProposedBudget = readiness.DailyLimit,
            Advice = Wording.Camel(readiness.Advice),
            Because = readiness.Because,
        };
    }
}

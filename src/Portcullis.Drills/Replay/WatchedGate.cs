using Portcullis.Analysis.Readiness;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Drills.Replay;

/// <summary>The gate of an in-process drill as whoever runs it sees it.</summary>
internal sealed class WatchedGate(DrillPolicy policy, GateState state, LearningJournal journal) : IWatchedGate
{
    public OperationRegistry Operations => state.Operations;

    public IReadOnlyList<ReadyOperation> Ready() => [.. journal.Usage.Select(usage => Say(usage.Operation, usage))];

    public void Promote(int operation, string why) =>
        state.Override(state.Operations.All[operation], new ModeOverride(Mode.Enforce, long.MaxValue, why));

    public void Reload() => state.Use(policy.Load(state));

    private ReadyOperation Say(int operation, Analysis.Exposures.OperationUsage usage)
    {
        var isEnforced = state.Overrides.Find(operation, state.Clock.Now) == Mode.Enforce;
        var readiness = OperationReadiness.Of(usage, isEnforced, state.Clock.Now);
        return new ReadyOperation(operation, readiness.Advice, readiness.DailyLimit, readiness.Because);
    }
}

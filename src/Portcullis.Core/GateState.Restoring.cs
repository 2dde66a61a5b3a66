using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>What <see cref="GateRestore"/> puts back: the same changes as in traffic, without journalling them again.</summary>
public sealed partial class GateState
{
    internal Lock CommitLock => _commit;

    internal BudgetBook Budgets => _budgets;

    /// <summary>The row of a caller that received something; those of networks are as bounded as in traffic.</summary>
    internal CallerState RestoreRow(Rung rung, Key128 key, long at)
    {
        if (rung == Rung.Network)
        {
            _networks.MakeRoom(Clock.Now);
        }
        var row = Callers.GetOrAdd(key, rung, at);
        row.LastSeen = Math.Max(row.LastSeen, at);
        return row;
    }

    /// <summary>Counts what the row of a network has grown by; after each release that was put back.</summary>
    internal void MeasureRestored(CallerState row)
    {
        if (row.Rung == Rung.Network)
        {
            _networks.Measure(row, Clock.Now);
        }
    }

    internal void RestoreName(NameRecord record) => _reasonNumbers[record.Name] = record.Number;

    internal void RestoreRestriction(Restriction restriction) =>
        Volatile.Write(ref _restrictions, _restrictions.With(restriction));

    internal void RestoreRelease(Key128 target) => Volatile.Write(ref _restrictions, _restrictions.Without(target));

    internal void RestoreOverride(int operation, ModeOverride change) =>
        Volatile.Write(ref _overrides, _overrides.With(operation, change));
}

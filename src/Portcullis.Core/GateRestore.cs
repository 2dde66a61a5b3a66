using System.Globalization;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Journal;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>
/// Puts back into a gate's state what a store or the journal kept, before the first exchange. Facts come first (operations, names, callers,
/// events); used budgets are put back by <see cref="BudgetRestore"/> once the policy is compiled, because its budgets say how they add up.
/// </summary>
public sealed class GateRestore(GateState state)
{
    /// <summary>Latest time any record carried, milliseconds since the Unix epoch.</summary>
    public long LatestTime { get; private set; }

    public void Operation(OperationRecord record, ulong classesSeen = 0, bool anonymousPersonalData = false)
    {
        var operation = state.Operations.Restore(
            record.Index,
            record.Upstream,
            record.Method,
            record.Template,
            record.IsDeclared
        );
        operation.Learn(classesSeen);
        operation.AnonymousPersonalData |= anonymousPersonalData;
    }

    public void Name(NameRecord record)
    {
        lock (state.CommitLock)
        {
            state.RestoreName(record);
        }
    }

    /// <summary>A caller that was seen. Networks get a row with what they received only: nothing else of them is worth memory.</summary>
    public void Caller(Rung rung, Key128 key, long firstSeen, long lastSeen)
    {
        if (rung == Rung.Network)
        {
            return;
        }
        lock (state.CommitLock)
        {
            var row = state.Callers.GetOrAdd(key, rung, firstSeen);
            row.LastSeen = Math.Max(row.LastSeen, lastSeen);
        }
    }

    /// <summary>Replays one record of the journal.</summary>
    public void Record(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record);
        switch ((RecordKind)reader.Byte())
        {
            case RecordKind.Exchange:
                Exchange(ExchangeRecord.Read(ref reader));
                break;
            case RecordKind.Operation:
                Operation(OperationRecord.Read(ref reader));
                break;
            case RecordKind.Name:
                Name(NameRecord.Read(ref reader));
                break;
            case RecordKind.Event:
                Event(EventRecord.Read(ref reader));
                break;
            default:
                // A kind of a later build tells this one nothing it could judge by.
                break;
        }
    }

    /// <summary>Replays an event: restrictions, mode switches, allowances, revocations, account links.</summary>
    public void Event(EventRecord record)
    {
        LatestTime = Math.Max(LatestTime, record.At);
        switch (record.Kind)
        {
            case "restrict" when Key(record, "target") is { } target:
                lock (state.CommitLock)
                {
                    state.RestoreRestriction(new Restriction(target, record["why"] ?? "", Number(record, "until")));
                }
                break;
            case "release" when Key(record, "target") is { } target:
                lock (state.CommitLock)
                {
                    state.RestoreRelease(target);
                }
                break;
            case "mode":
            case "bypass":
                Mode? mode = Enum.TryParse<Mode>(record["mode"], out var word) ? word : null;
                lock (state.CommitLock)
                {
                    state.RestoreOverride(
                        (int)Number(record, "operation"),
                        new ModeOverride(mode, Number(record, "until"), record["why"] ?? "")
                    );
                }
                break;
            case Allowance.EventKind when Allowance.From(record) is { } allowance:
                lock (state.CommitLock)
                {
                    state.Restore(allowance);
                }
                break;
            case "revoke" when Key(record, "target") is { } target:
                state.Identity.Restore(new Revocation(target, Number(record, "at"), Number(record, "until")));
                break;
            case "account" when Key(record, "credential") is { } credential && Key(record, "account") is { } account:
                state.Identity.Link(credential, account, record.At);
                break;
            default:
                break;
        }
    }

    private void Exchange(ExchangeRecord record)
    {
        LatestTime = Math.Max(LatestTime, record.StartedAt);
        foreach (var (rung, key) in record.Rungs)
        {
            Caller(rung, key, record.StartedAt, record.StartedAt);
        }
        if (record.Operation < 0 || record.Operation >= state.Operations.All.Length)
        {
            return;
        }
        var operation = state.Operations.All[record.Operation];
        foreach (var item in record.Items)
        {
            operation.Learn(item.Classes);
            operation.AnonymousPersonalData |= record.IsAnonymous && record.Exposes(item);
        }
    }

    private static Key128? Key(EventRecord record, string name) => Key128.TryParse(record[name], out var key) ? key : null;

    private static long Number(EventRecord record, string name) =>
        long.TryParse(record[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

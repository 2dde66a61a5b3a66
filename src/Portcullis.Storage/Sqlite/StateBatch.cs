using System.Runtime.InteropServices;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;

namespace Portcullis.Storage.Sqlite;

/// <summary>What a run of journal records adds up to, de-duplicated before it costs a row.</summary>
internal sealed class StateBatch(WrittenAliases written)
{
    public LedgerRows Exposures { get; } = new();

    public Dictionary<Key128, (Rung Rung, long First, long Last, int Exchanges)> Callers { get; } = [];

    public Dictionary<AliasKey, (byte Class, bool Leads)> Aliases { get; } = [];

    public Dictionary<int, (ulong Classes, bool Anonymous, int Exchanges, long Last)> Learned { get; } = [];

    public List<OperationRecord> Operations { get; } = [];

    public List<NameRecord> Names { get; } = [];

    public List<(long Sequence, EventRecord Record)> Events { get; } = [];

    /// <summary>Sequence of the latest record; 0 when empty.</summary>
    public long Last { get; set; }

    /// <summary>Time of the latest record.</summary>
    public long LastAt { get; set; }

    public void Clear()
    {
        Exposures.Clear();
        Callers.Clear();
        Aliases.Clear();
        Learned.Clear();
        Operations.Clear();
        Names.Clear();
        Events.Clear();
        Last = 0;
    }

    /// <summary>Adds one exchange; returns how many rows it touches.</summary>
    public int Add(ExchangeRecordReader record, int poolSet)
    {
        var rows = 1;
        for (var i = 0; i < record.RungCount; i++)
        {
            var (rung, key) = record.RungAt(i);
            See(rung, key, record.StartedAt);
        }
        ulong classes = 0;
        var hasExposed = false;
        while (record.NextItem(out var item))
        {
            classes |= item.Classes;
            if (record.Exposes(item))
            {
                hasExposed = true;
                rows += Expose(record, item, poolSet);
            }
        }
        if (record.Operation >= 0)
        {
            ref var learned = ref CollectionsMarshal.GetValueRefOrAddDefault(Learned, record.Operation, out _);
            learned = (
                learned.Classes | classes,
                learned.Anonymous || (hasExposed && record.IsAnonymous),
                learned.Exchanges + 1,
                Math.Max(learned.Last, record.StartedAt)
            );
        }
        return rows;
    }

    private int Expose(in ExchangeRecordReader record, in ItemRecordReader item, int poolSet)
    {
        var row = new LedgerRow
        {
            SubjectHigh = (long)item.Subject.High,
            SubjectLow = (long)item.Subject.Low,
            Operation = record.Operation,
            PoolSet = poolSet,
            First = record.StartedAt,
            Last = record.StartedAt,
            Classes = item.Classes,
            Count = 1,
        };
        if (record.RungCount == 0)
        {
            // Nobody in particular: the network stands for the caller, so that `whosaw` still tells from where.
            See(Rung.Network, record.Network, record.StartedAt);
            row.Caller = (long)record.Network.Low;
            Exposures.Add(row);
        }
        for (var i = 0; i < record.RungCount; i++)
        {
            row.Caller = (long)record.RungAt(i).Key.Low;
            Exposures.Add(row);
        }
        for (var i = 0; i < item.AliasCount; i++)
        {
            var alias = item.AliasAt(i);
            if (item.Teaches || !written.Contains(alias.Key, item.Subject))
            {
                ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    Aliases,
                    new AliasKey(alias.Key, item.Subject),
                    out _
                );
                known = (alias.ClassBit, known.Leads || item.Teaches);
            }
        }
        return 1 + record.RungCount + item.AliasCount;
    }

    private void See(Rung rung, Key128 key, long at)
    {
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(Callers, key, out var isKnown);
        seen = (rung, isKnown ? Math.Min(seen.First, at) : at, Math.Max(seen.Last, at), seen.Exchanges + 1);
    }
}

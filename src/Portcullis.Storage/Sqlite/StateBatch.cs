using System.Runtime.InteropServices;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Journal;

namespace Portcullis.Storage.Sqlite;

/// <summary>What a run of journal records adds up to, de-duplicated before it costs a row.</summary>
internal sealed class StateBatch
{
    public Dictionary<ExposureKey, ExposureRow> Exposures { get; } = [];

    public Dictionary<Key128, (Rung Rung, long First, long Last, int Exchanges)> Callers { get; } = [];

    public Dictionary<(Key128 Alias, Key128 Subject), (byte Class, bool HasOwnId)> Aliases { get; } = [];

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
    public int Add(ExchangeRecord record, int poolSet)
    {
        var rows = 1;
        foreach (var (rung, key) in record.Rungs)
        {
            See(rung, key, record.StartedAt);
        }
        ulong classes = 0;
        var hasExposed = false;
        foreach (var item in record.Items)
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
            var learned = Learned.GetValueOrDefault(record.Operation);
            Learned[record.Operation] = (
                learned.Classes | classes,
                learned.Anonymous || (hasExposed && record.IsAnonymous),
                learned.Exchanges + 1,
                Math.Max(learned.Last, record.StartedAt)
            );
        }
        return rows;
    }

    private int Expose(ExchangeRecord record, ExchangeRecordItem item, int poolSet)
    {
        if (record.Rungs.Length == 0)
        {
            // Nobody in particular: the network stands for the caller, so that `whosaw` still tells from where.
            See(Rung.Network, record.Network, record.StartedAt);
            Expose(record.Network, record, item, poolSet);
        }
        foreach (var (_, key) in record.Rungs)
        {
            Expose(key, record, item, poolSet);
        }
        foreach (var alias in item.Aliases)
        {
            Aliases[(alias.Key, item.Subject)] = (alias.ClassBit, item.HasOwnId);
        }
        return 1 + record.Rungs.Length + item.Aliases.Length;
    }

    private void Expose(Key128 caller, ExchangeRecord record, ExchangeRecordItem item, int poolSet)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(
            Exposures,
            new ExposureKey(item.Subject, (long)caller.Low, record.Operation, poolSet),
            out var isKnown
        );
        row.First = isKnown ? Math.Min(row.First, record.StartedAt) : record.StartedAt;
        row.Last = Math.Max(row.Last, record.StartedAt);
        row.Classes |= item.Classes;
        row.Count++;
    }

    private void See(Rung rung, Key128 key, long at)
    {
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(Callers, key, out var isKnown);
        seen = (rung, isKnown ? Math.Min(seen.First, at) : at, Math.Max(seen.Last, at), seen.Exchanges + 1);
    }
}

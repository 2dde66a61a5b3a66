using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Records;

/// <summary>The durable form of one exchange: facts, verdict and times; subjects and callers only as keyed hashes. Format version 1, frozen.</summary>
public sealed class ExchangeRecord
{
    public const byte Version = 1;

    internal const byte Enforced = 1;
    internal const byte Forwarded = 2;
    internal const byte Anonymous = 4;

    public required uint KeyId { get; init; }

    /// <summary>Gate time, milliseconds since the Unix epoch.</summary>
    public required long StartedAt { get; init; }

    /// <summary>Milliseconds from the start to the end of each phase; 0 for a phase not reached.</summary>
    public required int[] PhaseMilliseconds { get; init; }

    /// <summary>Index of the operation; -1 when unknown.</summary>
    public required int Operation { get; init; }

    public required int Status { get; init; }

    public required VerdictKind Verdict { get; init; }

    public required bool IsEnforced { get; init; }

    public required bool WasForwarded { get; init; }

    public required bool IsAnonymous { get; init; }

    public required ReleaseKind Release { get; init; }

    /// <summary>Number of the reason's name; -1 for none.</summary>
    public required int Reason { get; init; }

    public required Key128 Network { get; init; }

    public required (Rung Rung, Key128 Key)[] Rungs { get; init; }

    /// <summary>Pool bits, as numbered by the latest policy event before this record.</summary>
    public required ulong Pools { get; init; }

    public required ExchangeRecordItem[] Items { get; init; }

    /// <summary>True when an item left for the caller: released, or anything at all where verdicts are only recorded.</summary>
    public bool Exposes(ExchangeRecordItem item) => item.Classes != 0 && (item.Outcome == ItemOutcome.Released || !IsEnforced);

    /// <summary>Writes an exchange; allocates nothing.</summary>
    public static void Write(RecordWriter writer, Exchange exchange, uint keyId, int reason)
    {
        writer.Byte((byte)RecordKind.Exchange);
        writer.Byte(Version);
        writer.Number(keyId);
        writer.Number((ulong)exchange.StartedAt);
        foreach (var milliseconds in exchange.PhaseMilliseconds)
        {
            writer.Number((ulong)milliseconds);
        }
        writer.Number((ulong)((exchange.Operation?.Index ?? -1) + 1));
        writer.Number((ulong)exchange.Status);
        writer.Byte((byte)exchange.Verdict);
        writer.Byte(
            (byte)(
                (exchange.IsEnforced ? Enforced : 0)
                | (exchange.WasForwarded ? Forwarded : 0)
                | (exchange.IsAnonymous ? Anonymous : 0)
            )
        );
        writer.Byte((byte)exchange.Release);
        writer.Number((ulong)(reason + 1));
        writer.Key(exchange.NetworkKey);
        writer.Byte((byte)exchange.RungCount);
        foreach (var rung in exchange.Rungs)
        {
            writer.Byte((byte)rung!.Rung);
            writer.Key(rung.Key);
        }
        writer.Number(exchange.Pools);
        writer.Number((ulong)exchange.Items.Count);
        foreach (ref readonly var item in exchange.Items.Span)
        {
            writer.Key(item.Subject);
            writer.Number(item.Classes);
            writer.Byte(
                (byte)((byte)item.Outcome | (item.Teaches ? 0x20 : 0) | (item.HasOwnId ? 0x40 : 0) | (item.IsNew ? 0x80 : 0))
            );
            writer.Number((ulong)item.AliasCount);
            foreach (ref readonly var alias in exchange.Aliases.Span.Slice(item.FirstAlias, item.AliasCount))
            {
                writer.Byte(alias.ClassBit);
                writer.Key(alias.Key);
            }
        }
    }

    /// <summary>Reads a record whose kind byte has been read.</summary>
    /// <exception cref="InvalidDataException">The record is damaged or of a later version.</exception>
    public static ExchangeRecord Read(ref RecordReader reader)
    {
        var record = new ExchangeRecordReader(reader);
        var rungs = new (Rung, Key128)[record.RungCount];
        for (var i = 0; i < rungs.Length; i++)
        {
            rungs[i] = record.RungAt(i);
        }
        var items = new ExchangeRecordItem[record.ItemCount];
        for (var i = 0; record.NextItem(out var item); i++)
        {
            items[i] = ExchangeRecordItem.Of(item);
        }
        reader = record.Rest;
        return new ExchangeRecord
        {
            KeyId = record.KeyId,
            StartedAt = record.StartedAt,
            PhaseMilliseconds =
            [
                record.RequestHeadMilliseconds,
                record.RequestBodyMilliseconds,
                record.ResponseHeadMilliseconds,
                record.ResponseBodyMilliseconds,
            ],
            Operation = record.Operation,
            Status = record.Status,
            Verdict = record.Verdict,
            IsEnforced = record.IsEnforced,
            WasForwarded = record.WasForwarded,
            IsAnonymous = record.IsAnonymous,
            Release = record.Release,
            Reason = record.Reason,
            Network = record.Network,
            Rungs = rungs,
            Pools = record.Pools,
            Items = items,
        };
    }
}

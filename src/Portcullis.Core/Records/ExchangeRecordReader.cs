using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Records;

/// <summary>
/// Reads the record of one exchange where it lies, without making objects: for stores, which see every record. The items can be read
/// again by copying the reader before <see cref="NextItem"/>.
/// </summary>
public ref struct ExchangeRecordReader
{
    private const int RungSize = 1 + Key128.Size;

    private readonly ReadOnlySpan<byte> _rungs;
    private RecordReader _items;
    private int _itemsLeft;

    /// <summary>Reads everything but the items of a record whose kind byte has been read.</summary>
    /// <exception cref="InvalidDataException">The record is damaged or of a later version.</exception>
    public ExchangeRecordReader(RecordReader reader)
    {
        var version = reader.Byte();
        if (version != ExchangeRecord.Version)
        {
            throw new InvalidDataException(
                $"Exchange record of version {version}; this build reads version {ExchangeRecord.Version}."
            );
        }
        KeyId = (uint)reader.Number();
        StartedAt = (long)reader.Number();
        RequestHeadMilliseconds = (int)reader.Number();
        RequestBodyMilliseconds = (int)reader.Number();
        ResponseHeadMilliseconds = (int)reader.Number();
        ResponseBodyMilliseconds = (int)reader.Number();
        Operation = (int)reader.Number() - 1;
        Status = (int)reader.Number();
        Verdict = (VerdictKind)reader.Byte();
        var flags = reader.Byte();
        IsEnforced = (flags & ExchangeRecord.Enforced) != 0;
        WasForwarded = (flags & ExchangeRecord.Forwarded) != 0;
        IsAnonymous = (flags & ExchangeRecord.Anonymous) != 0;
        Release = (ReleaseKind)reader.Byte();
        Reason = (int)reader.Number() - 1;
        Network = reader.Key();
        _rungs = reader.Raw(reader.Byte() * RungSize);
        Pools = reader.Number();
        ItemCount = _itemsLeft = reader.Count();
        _items = reader;
    }

    public readonly uint KeyId { get; }

    /// <summary>Gate time, milliseconds since the Unix epoch.</summary>
    public readonly long StartedAt { get; }

    public readonly int RequestHeadMilliseconds { get; }

    public readonly int RequestBodyMilliseconds { get; }

    public readonly int ResponseHeadMilliseconds { get; }

    public readonly int ResponseBodyMilliseconds { get; }

    /// <summary>Index of the operation; -1 when unknown.</summary>
    public readonly int Operation { get; }

    public readonly int Status { get; }

    public readonly VerdictKind Verdict { get; }

    public readonly bool IsEnforced { get; }

    public readonly bool WasForwarded { get; }

    public readonly bool IsAnonymous { get; }

    public readonly ReleaseKind Release { get; }

    /// <summary>Number of the reason's name; -1 for none.</summary>
    public readonly int Reason { get; }

    public readonly Key128 Network { get; }

    /// <summary>Pool bits, as numbered by the latest policy event before this record.</summary>
    public readonly ulong Pools { get; }

    public readonly int ItemCount { get; }

    /// <summary>What follows the items passed so far.</summary>
    internal readonly RecordReader Rest => _items;

    public readonly int RungCount => _rungs.Length / RungSize;

    /// <summary>The rung at a place, in the order in which the exchange had them.</summary>
    public readonly (Rung Rung, Key128 Key) RungAt(int index)
    {
        var rung = _rungs.Slice(index * RungSize, RungSize);
        return ((Rung)rung[0], Key128.Read(rung[1..]));
    }

    /// <summary>Goes to the next item; false after the last.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public bool NextItem(out ItemRecordReader item)
    {
        if (_itemsLeft == 0)
        {
            item = default;
            return false;
        }
        _itemsLeft--;
        item = new ItemRecordReader(ref _items);
        return true;
    }

    /// <summary>True when an item left for the caller: released, or anything at all where verdicts are only recorded.</summary>
    public readonly bool Exposes(in ItemRecordReader item) =>
        item.Classes != 0 && (item.Outcome == ItemOutcome.Released || !IsEnforced);
}

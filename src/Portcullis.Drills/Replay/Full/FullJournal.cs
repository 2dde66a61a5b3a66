using Portcullis.Core.Journal;

namespace Portcullis.Drills.Replay.Full;

/// <summary>The journal of a full-scale run with its records and bytes counted on the way in.</summary>
internal sealed class FullJournal(IReplayJournal kept) : IJournal
{
    public long LastSequence => kept.LastSequence;

    public long Records { get; private set; }

    /// <summary>Bytes of all records as the gate wrote them.</summary>
    public long Bytes { get; private set; }

    public long Append(ReadOnlySpan<byte> record)
    {
        Records++;
        Bytes += record.Length;
        return kept.Append(record);
    }

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) => kept.WaitDurable(sequence, cancellation);
}

using Portcullis.Core.Journal;

namespace Portcullis.Drills.Replay.Full;

/// <summary>Counts records and their bytes: every record is written as live, none is kept.</summary>
internal sealed class CountingJournal : IJournal
{
    public long LastSequence { get; private set; }

    public long Bytes { get; private set; }

    public long Append(ReadOnlySpan<byte> record)
    {
        Bytes += record.Length;
        return ++LastSequence;
    }

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) => ValueTask.CompletedTask;
}

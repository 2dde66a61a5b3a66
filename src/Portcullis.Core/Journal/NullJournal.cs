namespace Portcullis.Core.Journal;

/// <summary>Counts records and keeps none: for embedding without a data folder and for measuring the gate alone.</summary>
public sealed class NullJournal : IJournal
{
    public long LastSequence { get; private set; }

    public long Append(ReadOnlySpan<byte> record) => ++LastSequence;

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) => ValueTask.CompletedTask;
}

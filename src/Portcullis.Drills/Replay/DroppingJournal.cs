namespace Portcullis.Drills.Replay;

/// <summary>Takes records as the product's journal does and keeps none.</summary>
public sealed class DroppingJournal : IReplayJournal
{
    public string Kind => "nothing";

    public long MostBytesKept => 0;

    public long LastSequence { get; private set; }

    public long Append(ReadOnlySpan<byte> record) => ++LastSequence;

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) => ValueTask.CompletedTask;

    public void Finish() { }

    public void Dispose() { }
}

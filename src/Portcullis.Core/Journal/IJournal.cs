namespace Portcullis.Core.Journal;

/// <summary>
/// The one durable channel: records in sequence order. Stores and analysis tail it; there is no second channel.
/// Called under the commit lock, so one append at a time.
/// </summary>
public interface IJournal
{
    /// <summary>Sequence number of the latest record; 0 when empty.</summary>
    long LastSequence { get; }

    /// <summary>
    /// Appends one record; when it returns, the record survives the death of the process. On any failure the journal is as it was before.
    /// </summary>
    /// <returns>The record's sequence number: <see cref="LastSequence"/> + 1.</returns>
    /// <exception cref="IOException">It could not be written; nothing was.</exception>
    long Append(ReadOnlySpan<byte> record);

    /// <summary>
    /// Completes once everything up to <paramref name="sequence"/> is as durable as asked for: at once with <c>durability: process</c>,
    /// after the group's fsync with <c>durability: power</c>.
    /// </summary>
    ValueTask WaitDurable(long sequence, CancellationToken cancellation);
}

using Portcullis.Core.Journal;

namespace Portcullis.Tests.Identity;

/// <summary>Keeps the bytes of every record, up to a bound.</summary>
internal sealed class KeepingJournal : IJournal
{
    private const int Bound = 1 << 20;

    private readonly List<byte> _bytes = [];

    public long LastSequence { get; private set; }

    public byte[] All => [.. _bytes];

    public long Append(ReadOnlySpan<byte> record)
    {
        if (_bytes.Count < Bound)
        {
            _bytes.AddRange(record);
        }
        return ++LastSequence;
    }

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) => ValueTask.CompletedTask;
}

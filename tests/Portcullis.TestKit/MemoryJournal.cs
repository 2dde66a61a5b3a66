using Portcullis.Core.Journal;
using Portcullis.Core.Records;

namespace Portcullis.TestKit;

/// <summary>Keeps every record, and fails on demand like a full disk does.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly List<byte[]> _records = [];

    public bool IsFull { get; set; }

    /// <summary>Runs while an exchange waits for its record to be durable.</summary>
    public Func<CancellationToken, ValueTask>? Wait { get; set; }

    public long LastSequence => _records.Count;

    public IReadOnlyList<byte[]> Records => _records;

    /// <summary>The exchanges recorded so far, in order.</summary>
    public IReadOnlyList<ExchangeRecord> Exchanges
    {
        get
        {
            var exchanges = new List<ExchangeRecord>();
            byte[][] records;
            lock (_records)
            {
                records = [.. _records];
            }
            foreach (var record in records)
            {
                var reader = new RecordReader(record);
                if ((RecordKind)reader.Byte() == RecordKind.Exchange)
                {
                    exchanges.Add(ExchangeRecord.Read(ref reader));
                }
            }
            return exchanges;
        }
    }

    public long Append(ReadOnlySpan<byte> record)
    {
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }
        lock (_records)
        {
            _records.Add(record.ToArray());
            return _records.Count;
        }
    }

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) =>
        Wait?.Invoke(cancellation) ?? ValueTask.CompletedTask;
}

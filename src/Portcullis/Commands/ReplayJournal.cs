using System.Buffers.Binary;
using System.Collections.Concurrent;
using Portcullis.Drills.Replay;
using Portcullis.Storage.Journal;

namespace Portcullis.Commands;

/// <summary>
/// The journal of a full-scale replay: the product's own segment files, each record appended by itself, in a folder that goes when the run ends. Nobody's
/// answer waits for a write, so a thread of its own does them. No store reads the files, so a segment goes as soon as the next one is begun.
/// </summary>
internal sealed class ReplayJournal : IReplayJournal
{
    private const int Blocks = 8;
    private const int BlockSize = 256 << 10;
    private const int RecordsPerLook = 1 << 14;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portcullis-replay-");
    private readonly BlockingCollection<Block> _full = new(Blocks);
    private readonly BlockingCollection<Block> _free = new(Blocks);
    private readonly FileJournal _file;
    private readonly Thread _writer;
    private Block? _block;
    private IOException? _fault;
    private long _mostBytes;

    private ReplayJournal()
    {
        _file = FileJournal.Open(new JournalOptions { Folder = _folder.FullName });
        for (var i = 0; i < Blocks; i++)
        {
            _free.Add(new Block());
        }
        _writer = new Thread(Write) { IsBackground = true, Name = "replay journal" };
        _writer.Start();
    }

    public static ReplayJournal Open() => new();

    public string Kind => "segment files";

    public long MostBytesKept => _mostBytes;

    public long LastSequence { get; private set; }

    public long Append(ReadOnlySpan<byte> record)
    {
        var block = _block;
        if (block is null || !block.TryAdd(record))
        {
            Hand(block);
            _block = block = _free.Take();
            if (!block.TryAdd(record))
            {
                throw new IOException($"A record of {record.Length} bytes is more than a replay writes.");
            }
        }
        return ++LastSequence;
    }

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) => ValueTask.CompletedTask;

    public void Finish()
    {
        if (!_full.IsAddingCompleted)
        {
            Hand(_block);
            _block = null;
            _full.CompleteAdding();
            _writer.Join();
        }
        if (_fault is not null)
        {
            throw new IOException(_fault.Message, _fault);
        }
    }

    public void Dispose()
    {
        _full.CompleteAdding();
        _writer.Join();
        _file.Dispose();
        _folder.Delete(recursive: true);
        _full.Dispose();
        _free.Dispose();
    }

    private void Hand(Block? block)
    {
        if (Volatile.Read(ref _fault) is { } fault)
        {
            throw new IOException(fault.Message, fault);
        }
        if (block is not null)
        {
            _full.Add(block);
        }
    }

    private void Write()
    {
        foreach (var block in _full.GetConsumingEnumerable())
        {
            try
            {
                if (_fault is null)
                {
                    Write(block);
                }
            }
            catch (IOException fault)
            {
                Volatile.Write(ref _fault, fault);
            }
            block.Clear();
            _free.Add(block);
        }
        Look();
    }

    private void Write(Block block)
    {
        for (var records = block.Records; !records.IsEmpty; )
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(records);
            if (_file.Append(records.Slice(sizeof(int), size)) % RecordsPerLook == 0)
            {
                Look();
            }
            records = records[(sizeof(int) + size)..];
        }
    }

    private void Look()
    {
        _mostBytes = Math.Max(_mostBytes, _file.DiskBytes);
        _file.DeleteThrough(_file.LastSequence);
    }

    /// <summary>Records on their way to the writer, each with its size in front.</summary>
    private sealed class Block
    {
        private readonly byte[] _bytes = new byte[BlockSize];
        private int _used;

        public ReadOnlySpan<byte> Records => _bytes.AsSpan(0, _used);

        public bool TryAdd(ReadOnlySpan<byte> record)
        {
            if (_used + sizeof(int) + record.Length > BlockSize)
            {
                return false;
            }
            BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_used), record.Length);
            record.CopyTo(_bytes.AsSpan(_used + sizeof(int)));
            _used += sizeof(int) + record.Length;
            return true;
        }

        public void Clear() => _used = 0;
    }
}

using Portcullis.Storage.Journal;

namespace Portcullis.TestKit;

/// <summary>A real segment file whose writes, cuts and syncs fail on command, as disks do.</summary>
internal sealed class FaultyFile(IJournalFile file, FaultyFile.Faults faults) : IJournalFile
{
    public long Length => file.Length;

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (faults.WritesOnly is { } some)
        {
            file.Write(bytes[..Math.Min(some, bytes.Length)], offset);
            throw new IOException("No space left on device");
        }
        file.Write(bytes, offset);
    }

    public int Read(Span<byte> destination, long offset) => file.Read(destination, offset);

    public void Truncate(long length)
    {
        if (faults.FailsTruncate)
        {
            throw new IOException("Input/output error");
        }
        file.Truncate(length);
    }

    public void Seal() => file.Seal();

    public void Sync()
    {
        Interlocked.Increment(ref faults.Syncs);
        faults.OnSync?.Invoke();
        if (faults.FailsSync)
        {
            throw new IOException("Input/output error");
        }
        file.Sync();
    }

    public void Dispose() => file.Dispose();

    /// <summary>What goes wrong now.</summary>
    internal sealed class Faults
    {
        public int Syncs;

        /// <summary>Every write stops after so many bytes with "no space left".</summary>
        public int? WritesOnly { get; set; }

        public bool FailsTruncate { get; set; }

        public bool FailsSync { get; set; }

        public Action? OnSync { get; set; }

        public IJournalFile Open(string path) => new FaultyFile(JournalFile.OpenMapped(path), this);
    }
}

namespace Portcullis.Storage.Journal;

/// <summary>The few operations the journal needs of a file; a second implementation injects the faults of real disks.</summary>
internal interface IJournalFile : IDisposable
{
    /// <summary>Writes all bytes at an offset, or throws; on a throw any part of them may have been written.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Reads up to the span's length; 0 at the end.</summary>
    int Read(Span<byte> destination, long offset);

    long Length { get; }

    void Truncate(long length);

    /// <summary>Nothing more will be written: gives back room reserved behind the last byte.</summary>
    void Seal();

    /// <summary>Returns when everything written would survive a power cut.</summary>
    void Sync();
}

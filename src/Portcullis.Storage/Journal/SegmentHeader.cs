using System.Buffers.Binary;

namespace Portcullis.Storage.Journal;

/// <summary>First 40 bytes of a segment: magic, format version, ledger key id, first sequence, the sequence before it, checksum. Frozen.</summary>
internal readonly record struct SegmentHeader(uint KeyId, long FirstSequence, long Previous)
{
    public const int Size = 40;
    public const ushort Version = 1;

    private static ReadOnlySpan<byte> Magic => "PCJRNL\r\n"u8;

    public void Write(Span<byte> destination)
    {
        destination[..Size].Clear();
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], KeyId);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], Previous);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[32..], JournalFrame.Checksum(destination[..32]));
    }

    /// <summary>Reads a header; null when it is torn or damaged.</summary>
    /// <exception cref="InvalidDataException">It is whole and of a later version.</exception>
    public static SegmentHeader? Read(ReadOnlySpan<byte> source)
    {
        if (
            source.Length < Size
            || !source[..8].SequenceEqual(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[32..]) != JournalFrame.Checksum(source[..32])
        )
        {
            return null;
        }
        var version = BinaryPrimitives.ReadUInt16LittleEndian(source[8..]);
        if (version != Version)
        {
            throw new InvalidDataException(
                $"The journal segment is of format {version}; this build reads format {Version}. Run the build that wrote it, or a later one."
            );
        }
        return new SegmentHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(source[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..])
        );
    }
}

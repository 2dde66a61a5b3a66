using System.Buffers.Binary;
using System.Numerics;

namespace Portcullis.Storage.Journal;

/// <summary>
/// The envelope of one record: payload length (4 bytes), sequence (8), format version (1), CRC-32C of those and the payload (4), payload.
/// Little-endian. Frozen: a test holds its bytes.
/// </summary>
internal static class JournalFrame
{
    public const int HeaderSize = 17;
    public const byte Version = 1;

    /// <summary>Largest payload; a longer length is damage.</summary>
    public const int MaxPayload = 1 << 26;

    private const int CrcOffset = 13;

    /// <summary>Writes the envelope and the payload to the front of <paramref name="destination"/>.</summary>
    public static void Write(Span<byte> destination, long sequence, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(destination[4..], sequence);
        destination[12] = Version;
        payload.CopyTo(destination[HeaderSize..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[CrcOffset..], Checksum(destination[..CrcOffset], payload));
    }

    /// <summary>True when a whole, undamaged frame stands at the front of <paramref name="source"/>.</summary>
    /// <param name="source">Bytes from a frame's start on.</param>
    /// <param name="sequence">Its sequence number, when the header is there.</param>
    /// <param name="size">Bytes of the whole frame as the header claims; 0 when the header is not there or absurd.</param>
    public static bool TryRead(ReadOnlySpan<byte> source, out long sequence, out int size)
    {
        sequence = 0;
        size = 0;
        if (source.Length < HeaderSize)
        {
            return false;
        }
        var length = BinaryPrimitives.ReadInt32LittleEndian(source);
        sequence = BinaryPrimitives.ReadInt64LittleEndian(source[4..]);
        if (length is <= 0 or > MaxPayload || sequence <= 0 || source[12] != Version)
        {
            return false;
        }
        size = HeaderSize + length;
        return source.Length >= size
            && BinaryPrimitives.ReadUInt32LittleEndian(source[CrcOffset..])
                == Checksum(source[..CrcOffset], source[HeaderSize..size]);
    }

    /// <summary>CRC-32C (Castagnoli) of two stretches as one.</summary>
    public static uint Checksum(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default) =>
        ~Add(Add(uint.MaxValue, first), second);

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }
        return crc;
    }
}

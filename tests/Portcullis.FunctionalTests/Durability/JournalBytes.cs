using System.Buffers.Binary;
using System.Globalization;
using Portcullis.Core.Hashing;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>
/// Reads journal files after their documented format and shares no code with the product's reader: segment header of 40 bytes; frames of
/// length (4), sequence (8), version (1), CRC-32C (4), payload; little-endian, numbers in payloads LEB128.
/// </summary>
internal static class JournalBytes
{
    private const int HeaderSize = 40;
    private const int FrameSize = 17;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Row)];

    /// <summary>Every whole frame of a folder in order, up to the first that is not whole in each file.</summary>
    public static IEnumerable<(long Sequence, byte[] Payload)> Frames(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "journal-*.pcj") : [];
        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(path);
            for (var at = HeaderSize; at + FrameSize <= bytes.Length; )
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
                if (length <= 0 || at + FrameSize + length > bytes.Length || !IsSound(bytes.AsSpan(at, FrameSize + length)))
                {
                    break;
                }
                yield return (
                    BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 4)),
                    bytes[(at + FrameSize)..(at + FrameSize + length)]
                );
                at += FrameSize + length;
            }
        }
    }

    /// <summary>An exchange out of a payload; null for another record.</summary>
    public static WrittenExchange? Exchange(byte[] payload)
    {
        if (payload[0] != 1)
        {
            return null;
        }
        var at = 2;
        Number(payload, ref at); // key id
        Number(payload, ref at); // time
        for (var phase = 0; phase < 4; phase++)
        {
            Number(payload, ref at);
        }
        Number(payload, ref at); // operation
        Number(payload, ref at); // status
        var verdict = payload[at++];
        var isEnforced = (payload[at++] & 1) != 0;
        var release = payload[at++];
        Number(payload, ref at); // reason
        Key(payload, ref at); // network
        var rungs = new Key128[payload[at++]];
        for (var i = 0; i < rungs.Length; i++)
        {
            at++;
            rungs[i] = Key(payload, ref at);
        }
        Number(payload, ref at); // pools
        var released = new List<Key128>();
        for (var items = Number(payload, ref at); items > 0; items--)
        {
            var subject = Key(payload, ref at);
            var classes = Number(payload, ref at);
            var outcome = payload[at++] & 0x1F;
            for (var aliases = Number(payload, ref at); aliases > 0; aliases--)
            {
                at++;
                Key(payload, ref at);
            }
            if (classes != 0 && (outcome == 0 || !isEnforced))
            {
                released.Add(subject);
            }
        }
        var isUnmeasured = release == 1 && !(isEnforced && verdict >= 4);
        return at == payload.Length
            ? new WrittenExchange(rungs, released, isUnmeasured)
            : throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"{payload.Length - at} bytes are left of an exchange.")
            );
    }

    private static ulong Number(byte[] bytes, ref int at)
    {
        ulong value = 0;
        var shift = 0;
        byte b;
        do
        {
            b = bytes[at++];
            value |= (ulong)(b & 0x7F) << shift;
            shift += 7;
        } while (b >= 0x80);
        return value;
    }

    private static Key128 Key(byte[] bytes, ref int at)
    {
        at += 16;
        return new Key128(
            BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at - 16)),
            BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at - 8))
        );
    }

    private static bool IsSound(ReadOnlySpan<byte> frame)
    {
        var crc = uint.MaxValue;
        for (var i = 0; i < frame.Length; i++)
        {
            if (i is < 13 or >= FrameSize)
            {
                crc = (crc >> 8) ^ Table[(byte)(crc ^ frame[i])];
            }
        }
        return ~crc == BinaryPrimitives.ReadUInt32LittleEndian(frame[13..]);
    }

    private static uint Row(int value)
    {
        var row = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            row = (row & 1) != 0 ? (row >> 1) ^ 0x82F63B78u : row >> 1;
        }
        return row;
    }
}

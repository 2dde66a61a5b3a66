using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Portcullis.Core.Hashing;

/// <summary>
/// A fast 64-bit hash of short text under a key drawn afresh in each process: equal text has equal hashes, and nobody outside can choose text
/// whose hashes collide. Never stored. Source: the multiply-and-fold of Wang Yi's wyhash (public domain, 2019).
/// </summary>
internal static class NameHash
{
    private static readonly ulong First = Draw();
    private static readonly ulong Second = Draw();
    private static readonly ulong Third = Draw();

    public static ulong Of(ReadOnlySpan<byte> name)
    {
        var length = (ulong)name.Length;
        var before = 0UL;
        while (name.Length > 16)
        {
            before = Fold(
                BinaryPrimitives.ReadUInt64LittleEndian(name) ^ First ^ before,
                BinaryPrimitives.ReadUInt64LittleEndian(name[8..]) ^ Second
            );
            name = name[16..];
        }
        // Two overlapping words hold up to sixteen bytes; together with the length they tell texts apart.
        var (head, tail) = name.Length switch
        {
            >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(name), BinaryPrimitives.ReadUInt64LittleEndian(name[^8..])),
            >= 4 => (BinaryPrimitives.ReadUInt32LittleEndian(name), BinaryPrimitives.ReadUInt32LittleEndian(name[^4..])),
            > 0 => ((ulong)name[0] << 8 | name[^1], name[name.Length / 2]),
            _ => (0UL, 0UL),
        };
        return Fold(Fold(head ^ First ^ before, tail ^ Second) ^ Third, length ^ First);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    private static ulong Draw() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;
}

using System.Buffers.Binary;

namespace Portcullis.Core.Hashing;

/// <summary>A 128-bit keyed hash: the only form in which subjects, callers and aliases are kept.</summary>
public readonly record struct Key128(ulong High, ulong Low) : IComparable<Key128>
{
    /// <summary>Bytes of the encoded form.</summary>
    public const int Size = 16;

    public bool IsEmpty => (High | Low) == 0;

    /// <summary>Orders by value, high half first; used wherever an order must not depend on a dictionary.</summary>
    public int CompareTo(Key128 other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>Writes 16 big-endian bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Key128 Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    public override int GetHashCode() => (int)(Low ^ (Low >> 32));

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";

    public static bool TryParse(ReadOnlySpan<char> text, out Key128 key)
    {
        key = default;
        if (
            text.Length != 32
            || !ulong.TryParse(text[..16], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var high)
            || !ulong.TryParse(text[16..], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var low)
        )
        {
            return false;
        }
        key = new Key128(high, low);
        return true;
    }

    public static bool operator <(Key128 left, Key128 right) => left.CompareTo(right) < 0;

    public static bool operator >(Key128 left, Key128 right) => left.CompareTo(right) > 0;

    public static bool operator <=(Key128 left, Key128 right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Key128 left, Key128 right) => left.CompareTo(right) >= 0;
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Portcullis.Core.Classification;

/// <summary>The catalog's data classes arranged for the hot path: by bit, by field name, by the traits of a value.</summary>
internal static class DataClasses
{
    private static readonly DataClass?[] ByBit = new DataClass?[64];
    private static readonly ulong[] CertainByTraits = new ulong[256];
    private static readonly int[] ShortestCertain = new int[64];
    private static readonly ValueTraits[] TraitsByByte = new ValueTraits[256];

    static DataClasses()
    {
        foreach (var item in Catalog.DataClasses)
        {
            ByBit[item.Bit] = item;
            Identifiers |= item.Kind == DataClassKind.Identifier ? item.Mask : 0;
            Secrets |= item.Kind == DataClassKind.Secret ? item.Mask : 0;
            SharedWithPlaces |= item.IsSharedWithPlaces ? item.Mask : 0;
            NeverLeaving |= item.NeverLeaves ? item.Mask : 0;
            ShortestCertain[item.Bit] = item.CertainShape?.MinLength ?? int.MaxValue;
            for (var traits = 0; traits < 256; traits++)
            {
                if (item.CertainShape is { } shape && shape.Admits((ValueTraits)traits, int.MaxValue))
                {
                    CertainByTraits[traits] |= item.Mask;
                }
            }
        }
        // A person's name and identifiers tell two people apart; a city or a birth date does not.
        Identifying = Identifiers | BitOf("person-name");
        NamesPerson = (Identifiers & ~SharedWithPlaces) | BitOf("person-name") | BitOf("birth-date") | BitOf("payment-card");
        for (var c = 0; c < 256; c++)
        {
            TraitsByByte[c] = TraitOf((byte)c);
        }
        Names = new FieldNames(Catalog.DataClasses);
    }

    /// <summary>Meaning by field name.</summary>
    public static FieldNames Names { get; }

    public static ulong Identifiers { get; }

    public static ulong Secrets { get; }

    /// <summary>Classes that stores and companies have too.</summary>
    public static ulong SharedWithPlaces { get; }

    /// <summary>Classes that leave only where declared public.</summary>
    public static ulong NeverLeaving { get; }

    /// <summary>Classes of which two different values mean two people.</summary>
    public static ulong Identifying { get; }

    /// <summary>Classes that only people have.</summary>
    public static ulong NamesPerson { get; }

    /// <summary>The class of a bit, or null.</summary>
    public static DataClass? Find(int bit) => ByBit[bit];

    /// <summary>The set of one class by its id.</summary>
    /// <exception cref="InvalidOperationException">No class has that id.</exception>
    public static ulong BitOf(string id) =>
        (
            Catalog.DataClasses.FirstOrDefault(item => item.Id == id)
            ?? throw new InvalidOperationException($"No data class '{id}'.")
        ).Mask;

    /// <summary>Which kinds of character a value has; only the first 512 bytes are looked at.</summary>
    public static ValueTraits TraitsOf(ReadOnlySpan<byte> value)
    {
        value = value.Length > 512 ? value[..512] : value;
        if (value.Length < Vector128<byte>.Count)
        {
            return TraitsOfFew(value);
        }
        var traits = ValueTraits.None;
        var last = value[^Vector128<byte>.Count..];
        for (; value.Length > Vector128<byte>.Count; value = value[Vector128<byte>.Count..])
        {
            traits |= TraitsOf(Vector128.Create(value));
        }
        return traits | TraitsOf(Vector128.Create(last));
    }

    // Up to fifteen bytes are two words that overlap.
    private static ValueTraits TraitsOfFew(ReadOnlySpan<byte> value)
    {
        if (value.Length >= sizeof(ulong))
        {
            var head = BinaryPrimitives.ReadUInt64LittleEndian(value);
            return TraitsOf(Vector128.Create(head, BinaryPrimitives.ReadUInt64LittleEndian(value[^sizeof(ulong)..])).AsByte());
        }
        var traits = ValueTraits.None;
        foreach (var c in value)
        {
            traits |= TraitsByByte[c];
        }
        return traits;
    }

    private static ValueTraits TraitsOf(Vector128<byte> bytes)
    {
        var digits = IsBetween(bytes, (byte)'0', (byte)'9');
        var letters = IsBetween(bytes | Vector128.Create((byte)0x20), (byte)'a', (byte)'z');
        var rest = ~(digits | letters);
        var traits =
            (digits != Vector128<byte>.Zero ? ValueTraits.Digit : 0) | (letters != Vector128<byte>.Zero ? ValueTraits.Letter : 0);
        // In most texts the rest are spaces; the others are few, and looked at one by one.
        var spaces = Vector128.Equals(bytes, Vector128.Create((byte)' '));
        traits |= spaces != Vector128<byte>.Zero ? ValueTraits.Separator : 0;
        for (var others = (rest & ~spaces).ExtractMostSignificantBits(); others != 0; others &= others - 1)
        {
            traits |= TraitsByByte[bytes[BitOperations.TrailingZeroCount(others)]];
        }
        return traits;
    }

    private static Vector128<byte> IsBetween(Vector128<byte> bytes, byte first, byte last) =>
        Vector128.LessThanOrEqual(bytes - Vector128.Create(first), Vector128.Create((byte)(last - first)));

    /// <summary>The lowest class among <paramref name="candidates"/> for which the value is plausible; -1 for none.</summary>
    public static int Plausible(ulong candidates, ReadOnlySpan<byte> value)
    {
        for (var rest = candidates; rest != 0; rest &= rest - 1)
        {
            var bit = BitOperations.TrailingZeroCount(rest);
            if (ByBit[bit]!.IsPlausible(value))
            {
                return bit;
            }
        }
        return -1;
    }

    /// <summary>The class the value is beyond doubt, whatever its name; -1 for none.</summary>
    public static int Certain(ReadOnlySpan<byte> value)
    {
        if (value.Length < 6)
        {
            return -1;
        }
        var candidates = CertainByTraits[(int)TraitsOf(value)];
        for (var rest = candidates; rest != 0; rest &= rest - 1)
        {
            var bit = BitOperations.TrailingZeroCount(rest);
            if (value.Length >= ShortestCertain[bit] && ByBit[bit]!.IsCertain(value))
            {
                return bit;
            }
        }
        return -1;
    }

    private static ValueTraits TraitOf(byte c) =>
        c switch
        {
            >= (byte)'0' and <= (byte)'9' => ValueTraits.Digit,
            (byte)'@' => ValueTraits.At,
            (byte)'.' => ValueTraits.Dot,
            (byte)'$' => ValueTraits.Dollar,
            (byte)'+' => ValueTraits.Plus,
            (byte)' ' or (byte)'-' or (byte)'/' or (byte)'(' or (byte)')' => ValueTraits.Separator,
            _ => char.IsAsciiLetter((char)c) ? ValueTraits.Letter : ValueTraits.Other,
        };
}

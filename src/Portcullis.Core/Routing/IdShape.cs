using System.Buffers;

namespace Portcullis.Core.Routing;

/// <summary>Tells by its form whether a path segment is a value (number, UUID, e-mail, token …) rather than a name.</summary>
public static class IdShape
{
    /// <summary>Longest segment taken for a name, in bytes.</summary>
    public const int MaxNameLength = 64;

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~$!'()*,;=:@+"u8
    );

    private static readonly SearchValues<byte> VersionBytes = SearchValues.Create("0123456789."u8);

    /// <summary>True for a value; an empty segment is a name.</summary>
    public static bool IsValue(ReadOnlySpan<byte> segment)
    {
        if (segment.IsEmpty || IsVersion(segment))
        {
            return false;
        }
        if (segment.Length > MaxNameLength || segment.ContainsAnyExcept(NameBytes))
        {
            return true;
        }
        var counts = Count(segment);
        if (counts.Digits == 0)
        {
            return segment.IndexOf((byte)'@') > 0 || segment.EndsWith("="u8);
        }
        return counts.Letters == 0 // numbers, dates, phone numbers, lists of numbers
            || segment.IndexOf((byte)'@') > 0
            || segment.Length >= 8 && counts.Hex == segment.Length - counts.Dashes // UUID, hash
            || counts.LongestDigits >= 3 // ACC-10042, cus_9s6123
            || segment.Length >= 10 && IsMixed(segment); // ULID, base64, other tokens
    }

    /// <summary><c>v1</c>, <c>v2.1</c>: a name although it has digits.</summary>
    private static bool IsVersion(ReadOnlySpan<byte> segment) =>
        segment.Length is >= 2 and <= 8 && segment[0] is (byte)'v' or (byte)'V' && !segment[1..].ContainsAnyExcept(VersionBytes);

    /// <summary>True when letters and digits change places more than once inside one word.</summary>
    private static bool IsMixed(ReadOnlySpan<byte> segment)
    {
        var changes = 0;
        var previous = default(char);
        foreach (var b in segment)
        {
            var c = (char)b;
            if (!char.IsAsciiLetterOrDigit(c))
            {
                changes = 0;
            }
            else if (char.IsAsciiLetterOrDigit(previous) && char.IsAsciiDigit(c) != char.IsAsciiDigit(previous) && ++changes > 1)
            {
                return true;
            }
            previous = c;
        }
        return false;
    }

    private static Counts Count(ReadOnlySpan<byte> segment)
    {
        var counts = default(Counts);
        var run = 0;
        foreach (var b in segment)
        {
            var c = (char)b;
            run = char.IsAsciiDigit(c) ? run + 1 : 0;
            counts.LongestDigits = Math.Max(counts.LongestDigits, run);
            counts.Digits += char.IsAsciiDigit(c) ? 1 : 0;
            counts.Letters += char.IsAsciiLetter(c) ? 1 : 0;
            counts.Hex += char.IsAsciiHexDigit(c) ? 1 : 0;
            counts.Dashes += c == '-' ? 1 : 0;
        }
        return counts;
    }

    private struct Counts
    {
        public int Digits;
        public int Letters;
        public int Hex;
        public int Dashes;
        public int LongestDigits;
    }
}

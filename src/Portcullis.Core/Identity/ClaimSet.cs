using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Portcullis.Core.Identity;

/// <summary>
/// The claims of one credential, each name once, with its values as UTF-8, packed into one array: what is remembered of a token is two
/// objects, whatever it claims. Looking a name up scans the names, of which a token has few.
/// </summary>
public readonly struct ClaimSet
{
    internal const int CountsSize = 4;
    internal const int ClaimSize = 8;
    internal const int ValueSize = 4;

    // Two counts, then for each claim place and length of its name, first value and number of values, then for each value place and
    // length, then all text. Every number has 16 bits; places count from the first byte of text.
    private readonly byte[]? _packed;

    internal ClaimSet(byte[] packed) => _packed = packed;

    /// <summary>No claims at all.</summary>
    public static ClaimSet None => default;

    /// <summary>How many claims there are, those without a value included.</summary>
    public int Count => _packed is { } packed ? MemoryMarshal.Read<ushort>(packed) : 0;

    /// <summary>Packs names and values.</summary>
    /// <exception cref="ArgumentException">They take more than 64 KiB.</exception>
    public static ClaimSet Of(IEnumerable<KeyValuePair<string, byte[][]>> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var pack = new ClaimPack();
        foreach (var (name, values) in claims)
        {
            if (!pack.TryAdd(Encoding.UTF8.GetBytes(name)))
            {
                throw new ArgumentException(
                    $"The claim '{name}' comes twice or the claims take more than 64 KiB.",
                    nameof(claims)
                );
            }
            foreach (var value in values)
            {
                if (!pack.TryAddValue(value))
                {
                    throw new ArgumentException("The claims take more than 64 KiB.", nameof(claims));
                }
            }
        }
        return pack.Pack();
    }

    /// <summary>The values of a claim; none when it is absent.</summary>
    /// <param name="name">Names inside objects are joined with dots.</param>
    [SkipLocalsInit]
    public ClaimValues Find(scoped ReadOnlySpan<char> name)
    {
        Span<byte> buffer = name.Length <= 128 ? stackalloc byte[384] : new byte[Encoding.UTF8.GetMaxByteCount(name.Length)];
        return TryFind(buffer[..Encoding.UTF8.GetBytes(name, buffer)], out var values) ? values : default;
    }

    /// <summary>True when the claim is there, be it without a value.</summary>
    public bool Has(ReadOnlySpan<byte> name) => TryFind(name, out _);

    /// <summary>The values of a claim; false when it is absent, true when it is there without a value.</summary>
    /// <param name="name">UTF-8; names inside objects are joined with dots.</param>
    /// <param name="values">Valid as long as the set.</param>
    public bool TryFind(scoped ReadOnlySpan<byte> name, out ClaimValues values)
    {
        values = default;
        if (_packed is not { } packed)
        {
            return false;
        }
        var counts = MemoryMarshal.Cast<byte, ushort>(packed);
        var (claims, ranges) = (counts[0] * ClaimSize, counts[1] * ValueSize);
        var text = packed.AsSpan(CountsSize + claims + ranges);
        foreach (ref readonly var claim in MemoryMarshal.Cast<byte, ClaimRange>(packed.AsSpan(CountsSize, claims)))
        {
            if (claim.NameLength == name.Length && text.Slice(claim.NameAt, claim.NameLength).SequenceEqual(name))
            {
                values = new ClaimValues(
                    packed.AsSpan(CountsSize + claims + claim.FirstValue * ValueSize, claim.Values * ValueSize),
                    text
                );
                return true;
            }
        }
        return false;
    }

    /// <summary>The one value of a claim; empty when it is absent, empty, or has several.</summary>
    public ReadOnlySpan<byte> ValueOf(ReadOnlySpan<char> name) => Find(name) is { Count: 1 } values ? values[0] : default;

    /// <summary>A NumericDate (RFC 7519) or ISO 8601 time in milliseconds since the Unix epoch; null when absent or neither.</summary>
    internal long? Time(ReadOnlySpan<char> name)
    {
        var text = ValueOf(name);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return double.IsFinite(seconds) && seconds is >= 0 and < 1e12 ? (long)(seconds * 1000) : null;
        }
        return
            !text.IsEmpty
            && DateTimeOffset.TryParse(
                Encoding.UTF8.GetString(text),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            ? time.ToUnixTimeMilliseconds()
            : null;
    }
}

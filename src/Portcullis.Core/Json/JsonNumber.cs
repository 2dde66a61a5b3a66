using System.Buffers.Text;

namespace Portcullis.Core.Json;

/// <summary>
/// A JSON number as text tells it: exact up to 28 digits, else the nearest double. Source of the grammar: RFC 8259, section 6.
/// </summary>
internal readonly struct JsonNumber : IComparable<JsonNumber>
{
    private const int ExactLength = 28;
    private const int ShortLength = 15;

    private readonly decimal _exact;
    private readonly double _nearest;
    private readonly bool _isExact;
    private readonly bool _isInteger;

    private JsonNumber(decimal exact, double nearest, bool isExact)
        : this(exact, nearest, isExact, isExact ? decimal.Truncate(exact) == exact : Math.Floor(nearest) == nearest) { }

    private JsonNumber(decimal exact, double nearest, bool isExact, bool isInteger)
    {
        _exact = exact;
        _nearest = nearest;
        _isExact = isExact;
        _isInteger = isInteger;
    }

    /// <summary>The nearest double; infinite when the text is beyond its range.</summary>
    public double Nearest => _nearest;

    /// <summary>False for 1e400: whatever reads it next turns it into infinity or an error.</summary>
    public bool IsFinite => double.IsFinite(_nearest);

    public bool IsInteger => _isInteger;

    /// <summary>Reads text of which <see cref="Measure"/> said that it is one number.</summary>
    public static JsonNumber Read(ReadOnlySpan<byte> text)
    {
        // Nearly every number is a short integer.
        if (text.Length <= ShortLength && Utf8Parser.TryParse(text, out long whole, out var read) && read == text.Length)
        {
            return new JsonNumber(whole, whole, isExact: true, isInteger: true);
        }
        if (!Utf8Parser.TryParse(text, out double nearest, out _))
        {
            nearest = double.NaN;
        }
        // A longer text or an exponent may need more digits than a decimal has.
        if (
            text.Length <= ExactLength
            && !text.ContainsAny((byte)'e', (byte)'E')
            && Utf8Parser.TryParse(text, out decimal exact, out _)
        )
        {
            return new JsonNumber(exact, nearest, true);
        }
        return new JsonNumber(0, nearest, false);
    }

    public static JsonNumber Of(decimal value) => new(value, (double)value, true);

    /// <summary>Length of the number that <paramref name="text"/> begins with; 0 when it begins with none.</summary>
    public static int Measure(ReadOnlySpan<byte> text)
    {
        var at = text.StartsWith("-"u8) ? 1 : 0;
        var digits = Digits(text, at);
        if (digits == 0 || (digits > 1 && text[at] == '0'))
        {
            return 0;
        }
        at += digits;
        if (at < text.Length && text[at] == '.')
        {
            digits = Digits(text, at + 1);
            if (digits == 0)
            {
                return 0;
            }
            at += digits + 1;
        }
        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < text.Length && text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            digits = Digits(text, at);
            if (digits == 0)
            {
                return 0;
            }
            at += digits;
        }
        return at;
    }

    public int CompareTo(JsonNumber other) =>
        _isExact && other._isExact ? _exact.CompareTo(other._exact) : _nearest.CompareTo(other._nearest);

    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (_isExact && divisor._isExact)
        {
            return divisor._exact == 0 || decimal.Remainder(_exact, divisor._exact) == 0;
        }
        var quotient = _nearest / divisor._nearest;
        return double.IsFinite(quotient) && Math.Abs(quotient - Math.Round(quotient)) <= 1e-9 * Math.Max(1, Math.Abs(quotient));
    }

    private static int Digits(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length)
        {
            return 0;
        }
        var length = text[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? text.Length - at : length;
    }
}

using System.Text;
using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Schemas;

/// <summary>Holds one number or text to the keywords that speak of it; answers with the keyword broken, or null.</summary>
internal static class ScalarCheck
{
    public static string? OfNumber(SchemaNode schema, JsonNumber number)
    {
        if (!number.IsFinite)
        {
            return "range";
        }
        if (
            schema.Minimum is { } minimum
            && number.CompareTo(minimum) is var low
            && (schema.ExcludesMinimum ? low <= 0 : low < 0)
        )
        {
            return "minimum";
        }
        if (
            schema.Maximum is { } maximum
            && number.CompareTo(maximum) is var high
            && (schema.ExcludesMaximum ? high >= 0 : high > 0)
        )
        {
            return "maximum";
        }
        if (schema.MultipleOf is { } divisor && !number.IsMultipleOf(divisor))
        {
            return "multipleOf";
        }
        return TextFormats.Holds(schema.Format, number) ? null : "format";
    }

    public static string? OfText(SchemaNode schema, ReadOnlySpan<byte> text)
    {
        // Four bytes at most make one code point, so most lengths need no counting.
        if (schema.MinLength > 0 && (text.Length < schema.MinLength || CodePoints(text) < schema.MinLength))
        {
            return "minLength";
        }
        if (text.Length > schema.MaxLength && CodePoints(text) > schema.MaxLength)
        {
            return "maxLength";
        }
        if (!TextFormats.Holds(schema.Format, text))
        {
            return "format";
        }
        return schema.Pattern is { } pattern && !pattern.Matches(text) ? "pattern" : null;
    }

    private static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var b in text)
        {
            // Continuation bytes begin with 10.
            count += (b & 0xC0) != 0x80 ? 1 : 0;
        }
        return count;
    }
}

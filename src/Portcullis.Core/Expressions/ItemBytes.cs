using System.Text.Json;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Expressions;

/// <summary>Reads fields out of the JSON of one response item, without recursion and without allocation.</summary>
internal static class ItemBytes
{
    /// <summary>The item's JSON; empty when the answer is not JSON.</summary>
    public static ReadOnlySpan<byte> Of(Exchange exchange, int item)
    {
        if (exchange.ResponseKind is not (BodyKind.Json or BodyKind.NdJson))
        {
            return default;
        }
        var body = exchange.ResponseBody.Span;
        var range = exchange.Items[item].Range;
        return range.Length == 0 ? body : body.Slice(range.Start, range.Length);
    }

    /// <summary>Where the value at a path of names stands, quotes included; length 0 when it is absent, twice there or cannot be read.</summary>
    public static TextRange Find(ReadOnlySpan<byte> json, byte[][] path)
    {
        var place = new TextRange(0, json.Length);
        foreach (var name in path)
        {
            var inner = Property(json.Slice(place.Start, place.Length), name);
            if (inner.Length == 0)
            {
                return default;
            }
            place = new TextRange(place.Start + inner.Start, inner.Length);
        }
        return place;
    }

    /// <summary>The text of the reader's value: strings unescaped, numbers and booleans as they stand; null is unknown.</summary>
    public static OperandValue Scalar(scoped ref Utf8JsonReader reader, Span<byte> scratch)
    {
        if (reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
        {
            return reader.ValueSpan.Length <= Operand.MaxLength ? new OperandValue(Copy(reader.ValueSpan, scratch)) : default;
        }
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > Operand.MaxLength)
        {
            return default;
        }
        if (!reader.ValueIsEscaped)
        {
            return new OperandValue(Copy(reader.ValueSpan, scratch));
        }
        try
        {
            return new OperandValue(scratch[..reader.CopyString(scratch)]);
        }
        catch (InvalidOperationException)
        {
            // An escape that is half a character.
            return default;
        }
    }

    private static ReadOnlySpan<byte> Copy(scoped ReadOnlySpan<byte> value, Span<byte> scratch)
    {
        value.CopyTo(scratch);
        return scratch[..value.Length];
    }

    private static TextRange Property(ReadOnlySpan<byte> json, byte[] name)
    {
        if (json.IsEmpty)
        {
            return default;
        }
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 128 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return default;
            }
            var found = default(TextRange);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isWanted = reader.ValueTextEquals(name);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (!isWanted)
                {
                    continue;
                }
                if (found.Length > 0)
                {
                    return default;
                }
                found = new TextRange(start, (int)reader.BytesConsumed - start);
            }
            return found;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

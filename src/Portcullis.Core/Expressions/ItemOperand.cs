using System.Text.Json;

namespace Portcullis.Core.Expressions;

/// <summary>A field of a response item, by its path of names. Absent, null, an object, a list or written twice: unknown.</summary>
internal sealed class ItemOperand(byte[][] path) : Operand
{
    public override int Count(Exchange exchange, int item) => item >= 0 ? 1 : 0;

    public override OperandValue Read(Exchange exchange, int item, int index, Span<byte> scratch)
    {
        var body = ItemBytes.Of(exchange, item);
        var value = ItemBytes.Find(body, path);
        return value.Length == 0 ? default : Text(body.Slice(value.Start, value.Length), scratch);
    }

    /// <summary>Whether a list at the field holds the value; unknown when there is no list.</summary>
    public bool? Holds(Exchange exchange, int item, ReadOnlySpan<byte> wanted, Span<byte> scratch)
    {
        var body = ItemBytes.Of(exchange, item);
        var place = ItemBytes.Find(body, path);
        if (place.Length == 0 || body[place.Start] != '[')
        {
            return null;
        }
        try
        {
            var reader = new Utf8JsonReader(body.Slice(place.Start, place.Length));
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    reader.Skip();
                    continue;
                }
                var value = ItemBytes.Scalar(ref reader, scratch);
                if (value.IsKnown && value.Bytes.SequenceEqual(wanted))
                {
                    return true;
                }
            }
            return false;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OperandValue Text(ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        if (json[0] is (byte)'{' or (byte)'[')
        {
            return default;
        }
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return ItemBytes.Scalar(ref reader, scratch);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Reads a contract's file as JSON.</summary>
internal ref struct JsonSource
{
    private readonly ContractSource _source;
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private int _line;
    private int _counted;

    private JsonSource(ContractSource source, ReadOnlySpan<byte> text)
    {
        _source = source;
        _text = text;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = ContractSource.MaxDepth + 1 });
        _line = 1;
    }

    public static JsonNode? Read(ContractSource source, ReadOnlySpan<byte> text)
    {
        var reader = new JsonSource(source, text);
        try
        {
            reader._reader.Read();
            var root = reader.Value(0);
            reader._reader.Read();
            return root;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            var (line, column) = fault is JsonException { LineNumber: { } at, BytePositionInLine: { } place }
                ? ((int)at + 1, place + 1)
                : (reader._line, 1);
            throw new ContractSyntaxException(
                line,
                $"This is not valid JSON from column {column} on.",
                "Correct the syntax; `portcullis check` reads it again."
            );
        }
    }

    private JsonNode? Value(int depth)
    {
        var line = Line();
        if (depth > ContractSource.MaxDepth)
        {
            throw ContractSyntaxException.TooDeep(line);
        }
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new JsonObject();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = _reader.GetString()!;
                    var nameLine = Line();
                    _reader.Read();
                    var value = Value(depth + 1);
                    if (!members.TryAdd(name, value))
                    {
                        throw ContractSyntaxException.Duplicate(nameLine, name);
                    }
                    if (value is null)
                    {
                        _source.RememberNothing(members, name, nameLine);
                    }
                }
                return _source.Remember(members, line);
            case JsonTokenType.StartArray:
                var items = new JsonArray();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    if (Value(depth + 1) is { } value)
                    {
                        items.Add(value);
                        continue;
                    }
                    _source.RememberNothing(items, $"{items.Count}", Line());
                    items.Add(null);
                }
                return _source.Remember(items, line);
            case JsonTokenType.String:
                return _source.Remember(JsonValue.Create(_reader.GetString()!), line);
            case JsonTokenType.True or JsonTokenType.False:
                return _source.Remember(JsonValue.Create(_reader.TokenType == JsonTokenType.True), line);
            case JsonTokenType.Number:
                return _source.Remember(JsonValue.Create(JsonElement.ParseValue(ref _reader))!, line);
            default:
                return null;
        }
    }

    private int Line()
    {
        var at = (int)_reader.TokenStartIndex;
        if (at > _counted)
        {
            _line += _text[_counted..at].Count((byte)'\n');
            _counted = at;
        }
        return _line;
    }
}

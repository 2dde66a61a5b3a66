using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portcullis.Core.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Reads a contract's file as YAML, by the core schema of YAML 1.2; aliases are followed and what they repeat is counted.</summary>
internal sealed class YamlSource
{
    private readonly ContractSource _source;
    private readonly Parser _parser;
    private readonly Dictionary<string, JsonNode?> _anchors = new(StringComparer.Ordinal);
    private int _nodes;

    private YamlSource(ContractSource source, string text)
    {
        _source = source;
        _parser = new Parser(new StringReader(text));
    }

    public static JsonNode? Read(ContractSource source, ReadOnlySpan<byte> bytes)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            throw new ContractSyntaxException(LineOfBadByte(bytes), "The file is not UTF-8 text.", "Save it as UTF-8.");
        }
        var text = Encoding.UTF8.GetString(bytes);
        try
        {
            var reader = new YamlSource(source, text);
            reader._parser.Consume<StreamStart>();
            if (!reader._parser.TryConsume<DocumentStart>(out _))
            {
                return null;
            }
            var root = reader.Value(0, LineOf(reader._parser.Current));
            reader._parser.Consume<DocumentEnd>();
            return reader._parser.Accept<DocumentStart>(out var second)
                ? throw new ContractSyntaxException(
                    LineOf(second),
                    "A second document starts here.",
                    "Keep one document per file."
                )
                : root;
        }
        catch (YamlException fault)
        {
            throw new ContractSyntaxException(
                LineOf(fault, text),
                $"This is not valid YAML: {Plain(fault.Message)}",
                "Correct the syntax; `portcullis check` reads it again."
            );
        }
    }

    private static int LineOfBadByte(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            line += rune.Value == '\n' ? 1 : 0;
            bytes = bytes[length..];
        }
        return line;
    }

    // A tab in the indentation is reported where the mapping began that holds it.
    private static int LineOf(YamlException fault, string text)
    {
        var number = 0;
        var first = (int)fault.Start.Line;
        foreach (var line in fault.Message.Contains(" tab ", StringComparison.Ordinal) ? text.AsSpan().EnumerateLines() : default)
        {
            number++;
            var indent = line[..(line.Length - line.TrimStart(" \t").Length)];
            if (number >= first && indent.Contains('\t') && indent.Length < line.Length)
            {
                return number;
            }
        }
        return first;
    }

    // The message begins with its own position, which stands in the error already.
    private static string Plain(string message)
    {
        var colon = message.IndexOf("): ", StringComparison.Ordinal);
        return colon < 0 ? message : message[(colon + 3)..];
    }

    private static int LineOf(ParsingEvent? at) => (int)(at?.Start.Line ?? 1);

    /// <param name="depth">Levels above it.</param>
    /// <param name="line">Where it begins: at its key, if it has one.</param>
    private JsonNode? Value(int depth, int line)
    {
        if (depth > ContractSource.MaxDepth)
        {
            throw ContractSyntaxException.TooDeep(line);
        }
        Count(line);
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Repeat(alias.Value.Value, depth, line);
        }
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return Anchor(scalar.Anchor, ScalarOf(scalar, line));
        }
        if (_parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new JsonArray();
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                var itemLine = LineOf(_parser.Current);
                var value = Value(depth + 1, itemLine);
                if (value is null)
                {
                    _source.RememberNothing(items, $"{items.Count}", itemLine);
                }
                items.Add(value);
            }
            return Anchor(sequence.Anchor, _source.Remember(items, line));
        }
        return Anchor(_parser.Consume<MappingStart>().Anchor, Mapping(depth, line));
    }

    private JsonObject Mapping(int depth, int line)
    {
        var members = new JsonObject();
        var merged = new List<JsonObject>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var nameLine = LineOf(_parser.Current);
            if (!_parser.TryConsume<Scalar>(out var name))
            {
                throw new ContractSyntaxException(
                    nameLine,
                    "A key is a list, an object or an alias.",
                    "Write keys as plain text."
                );
            }
            var value = Value(depth + 1, nameLine);
            if (name.Value == "<<" && name.Style == ScalarStyle.Plain && value is JsonObject or JsonArray)
            {
                merged.AddRange(value is JsonObject one ? [one] : ((JsonArray)value).OfType<JsonObject>());
            }
            else if (!members.TryAdd(name.Value, value))
            {
                throw ContractSyntaxException.Duplicate(nameLine, name.Value);
            }
            else if (value is null)
            {
                _source.RememberNothing(members, name.Value, nameLine);
            }
        }
        // What a mapping says itself counts, wherever its merge key stands; of several merged ones the first.
        foreach (var inherited in merged)
        {
            foreach (var (name, value) in inherited)
            {
                members.TryAdd(name, value is null ? null : _source.Repeat(value, ContractSource.MaxDepth));
            }
        }
        return _source.Remember(members, line);
    }

    private JsonNode? Repeat(string anchor, int depth, int line)
    {
        if (!_anchors.TryGetValue(anchor, out var node))
        {
            throw new ContractSyntaxException(
                line,
                $"The alias '*{anchor}' comes before its anchor, or inside it.",
                "Use $ref for recursion."
            );
        }
        if (node is null)
        {
            return null;
        }
        _source.Repeatable -= Size(node);
        if (_source.Repeatable < 0)
        {
            throw new ContractSyntaxException(
                line,
                $"With the alias '*{anchor}' here, aliases repeat more than {ContractTree.MaxRepeated:N0} values.",
                "Use $ref instead of YAML aliases."
            );
        }
        return _source.Repeat(node, ContractSource.MaxDepth - depth) ?? throw ContractSyntaxException.TooDeep(line);
    }

    private JsonNode? Anchor(AnchorName anchor, JsonNode? node)
    {
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = node;
        }
        return node;
    }

    private void Count(int line)
    {
        if (++_nodes > ContractSource.MaxNodes)
        {
            throw new ContractSyntaxException(
                line,
                $"The document has more than {ContractSource.MaxNodes:N0} values.",
                "Split it into one contract for each upstream."
            );
        }
    }

    private static int Size(JsonNode? node) =>
        node switch
        {
            JsonObject members => 1 + members.Sum(member => Size(member.Value)),
            JsonArray items => 1 + items.Sum(Size),
            _ => 1,
        };

    private JsonValue? ScalarOf(Scalar scalar, int line)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag.Equals(new TagName("tag:yaml.org,2002:str")))
        {
            return _source.Remember(JsonValue.Create(text), line);
        }
        if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            return null;
        }
        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            return _source.Remember(JsonValue.Create(text[0] is 't' or 'T'), line);
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        return JsonNumber.Measure(bytes) == bytes.Length
            ? _source.Remember(JsonValue.Create(JsonElement.Parse(bytes))!, line)
            : _source.Remember(JsonValue.Create(text), line);
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>One file of a contract as a tree, with the line of each of its nodes.</summary>
/// <param name="file">As given or referred to.</param>
/// <param name="repeatable">Values that its YAML aliases may repeat.</param>
internal sealed class ContractSource(string file, int repeatable)
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 200;

    /// <summary>Most values as written.</summary>
    public const int MaxNodes = 4_000_000;

    private readonly ConditionalWeakTable<JsonNode, object> _lines = [];
    private readonly ConditionalWeakTable<JsonNode, Dictionary<string, int>> _linesOfNothing = [];

    public string File => file;

    /// <summary>Values that YAML aliases may still repeat, counted each time.</summary>
    public int Repeatable { get; set; } = repeatable;

    public JsonNode? Root { get; private set; }

    /// <summary>1-based; null for a node that is not of this file, and for null values.</summary>
    public int? LineOf(JsonNode? node) => node is not null && _lines.TryGetValue(node, out var line) ? (int)line : null;

    public T Remember<T>(T node, int line)
        where T : JsonNode
    {
        _lines.AddOrUpdate(node, line);
        return node;
    }

    /// <summary>Remembers the line of a member or item that holds nothing (null), which no node stands for.</summary>
    public void RememberNothing(JsonNode holder, string name, int line) => _linesOfNothing.GetOrCreateValue(holder)[name] = line;

    /// <summary>The same again with the lines it was written on, in at most so many levels; null when it has more.</summary>
    public JsonNode? Repeat(JsonNode node, int levels)
    {
        if (levels < 0)
        {
            return null;
        }
        JsonNode? copy = node switch
        {
            JsonObject members => Repeat(members, levels),
            JsonArray items => Repeat(items, levels),
            _ => node.DeepClone(),
        };
        return copy is null ? null : Remember(copy, LineOf(node) ?? 1);
    }

    /// <summary>The line of what a JSON pointer names, or of the nearest thing around it.</summary>
    public int? LineAt(string pointer)
    {
        var node = Root;
        var line = LineOf(node);
        foreach (var part in pointer.Length == 0 ? [] : pointer[1..].Split('/'))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var next = node switch
            {
                JsonObject members => members[name],
                JsonArray items when int.TryParse(name, out var index) && index >= 0 && index < items.Count => items[index],
                _ => null,
            };
            if (next is null)
            {
                return node is not null && _linesOfNothing.TryGetValue(node, out var known) && known.TryGetValue(name, out var at)
                    ? at
                    : line;
            }
            line = LineOf(next) ?? line;
            node = next;
        }
        return line;
    }

    /// <summary>Reads JSON or YAML; on failure <see cref="Root"/> stays null and the error is returned.</summary>
    public ContractError? Read(byte[] bytes)
    {
        var text = bytes.AsSpan();
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }
        var start = text.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            return new ContractError(file, null, "", "The file is empty.", "Point to an OpenAPI document.");
        }
        try
        {
            Root = text[start] is (byte)'{' or (byte)'[' ? JsonSource.Read(this, text) : YamlSource.Read(this, text);
            return null;
        }
        catch (ContractSyntaxException fault)
        {
            return new ContractError(file, fault.Line, "", fault.Message, fault.Remedy);
        }
    }

    private JsonObject? Repeat(JsonObject members, int levels)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in members)
        {
            var again = value is null ? null : Repeat(value, levels - 1);
            if (value is not null && again is null)
            {
                return null;
            }
            copy.Add(name, again);
        }
        RepeatNothing(members, copy);
        return copy;
    }

    private JsonArray? Repeat(JsonArray items, int levels)
    {
        var copy = new JsonArray();
        foreach (var value in items)
        {
            var again = value is null ? null : Repeat(value, levels - 1);
            if (value is not null && again is null)
            {
                return null;
            }
            copy.Add(again);
        }
        RepeatNothing(items, copy);
        return copy;
    }

    private void RepeatNothing(JsonNode from, JsonNode to)
    {
        if (_linesOfNothing.TryGetValue(from, out var lines))
        {
            _linesOfNothing.AddOrUpdate(to, lines);
        }
    }
}

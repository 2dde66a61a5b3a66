using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>One file of a contract as a tree, with the line of each of its nodes.</summary>
internal sealed class ContractSource(string file)
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 200;

    /// <summary>Most values, those repeated through YAML aliases counted each time.</summary>
    public const int MaxNodes = 4_000_000;

    private readonly ConditionalWeakTable<JsonNode, object> _lines = [];

    /// <summary>As given or referred to.</summary>
    public string File => file;

    public JsonNode? Root { get; private set; }

    /// <summary>1-based; null for a node that is not of this file, and for null values.</summary>
    public int? LineOf(JsonNode? node) => node is not null && _lines.TryGetValue(node, out var line) ? (int)line : null;

    public T Remember<T>(T node, int line)
        where T : JsonNode
    {
        _lines.AddOrUpdate(node, line);
        return node;
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
}

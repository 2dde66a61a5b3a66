using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>A node of a contract and where it stands.</summary>
/// <param name="Source">Its file.</param>
/// <param name="Node">Null for a null value.</param>
/// <param name="Pointer">JSON pointer in that file.</param>
internal readonly record struct Place(ContractSource Source, JsonNode? Node, string Pointer)
{
    public bool IsObject => Node is JsonObject;

    /// <summary>Text, when it is text.</summary>
    public string? Text => Node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>True or false, when it is one of them.</summary>
    public bool? Flag => Node is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    /// <summary>The number as written, when it is a number.</summary>
    public string? NumberText =>
        Node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : null;

    /// <summary>A member's place; null when there is none or its value is null.</summary>
    public Place? Find(string name) =>
        Node is JsonObject members && members.TryGetPropertyValue(name, out var node) && node is not null ? At(name, node) : null;

    /// <summary>The place of a member that holds nothing (null).</summary>
    public Place Nothing(string name) => At(name, null);

    public bool Has(string name) => Node is JsonObject members && members.ContainsKey(name);

    /// <summary>Members in the order written; none when it is no object.</summary>
    public IEnumerable<KeyValuePair<string, Place>> Members()
    {
        foreach (var (name, node) in Node as JsonObject ?? [])
        {
            yield return new(name, At(name, node));
        }
    }

    /// <summary>Items in order; none when it is no list.</summary>
    public IEnumerable<Place> Items()
    {
        var index = 0;
        foreach (var node in Node as JsonArray ?? [])
        {
            yield return new Place(Source, node, $"{Pointer}/{index++}");
        }
    }

    private Place At(string name, JsonNode? node) =>
        new(
            Source,
            node,
            $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"
        );
}

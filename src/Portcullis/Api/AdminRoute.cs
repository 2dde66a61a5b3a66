using System.Text.Json.Serialization.Metadata;

namespace Portcullis.Api;

/// <summary>One route of the admin API; the list of them is both what is mapped and what the OpenAPI document says.</summary>
internal sealed record AdminRoute
{
    public required string Method { get; init; }

    /// <summary>Path template with parameters in braces.</summary>
    public required string Path { get; init; }

    /// <summary>Stable name for generated clients.</summary>
    public required string Id { get; init; }

    public required string Summary { get; init; }

    /// <summary>Query parameters: name and what it means.</summary>
    public IReadOnlyList<(string Name, string Meaning)> Query { get; init; } = [];

    /// <summary>What the request body holds; null for none.</summary>
    public JsonTypeInfo? Body { get; init; }

    public required JsonTypeInfo Answer { get; init; }

    /// <summary>Does the work; the result is of the answer's type.</summary>
    public required Func<AdminCall, Task<object>> Handle { get; init; }
}

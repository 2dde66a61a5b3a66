namespace Portcullis.Api.Answers;

/// <summary>A key just made; its text is shown this once.</summary>
internal sealed record IssuedKeyAnswer(KeyAnswer Key, string Text)
{
    /// <summary>Request header that carries it; null for none.</summary>
    public required string? Header { get; init; }

    /// <summary>Query parameter that carries it; null for none.</summary>
    public required string? Query { get; init; }

    public override string ToString() => $"{Key.Id} …";
}

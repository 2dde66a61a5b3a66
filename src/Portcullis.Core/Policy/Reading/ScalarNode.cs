namespace Portcullis.Core.Policy.Reading;

/// <summary>A single value, still text.</summary>
internal sealed class ScalarNode(string text, bool isPlain, PolicyOrigin origin) : PolicyNode(origin)
{
    public string Text { get; } = text;

    /// <summary>False when it was quoted or a block.</summary>
    public bool IsPlain { get; } = isPlain;

    /// <summary>Columns from the node's place to its text: 0 plain, 1 quoted, -1 when the text stands elsewhere (blocks, variables).</summary>
    public int TextOffset { get; init; } = isPlain ? 0 : -1;

    /// <summary>True for a key without a value.</summary>
    public bool IsEmpty => IsPlain && Text is "" or "~" or "null";

    public override int Size => 1;

    public override PolicyNode Copy() => this;

    public override string Noun => IsEmpty ? "nothing" : "a single value";
}

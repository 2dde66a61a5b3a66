namespace Portcullis.Core.Hashing;

/// <summary>A secret that must be sent on, and must reach no log.</summary>
/// <param name="text">The secret.</param>
public sealed class SecretText(string text)
{
    /// <summary>The secret itself, for the one who sends it.</summary>
    public string Reveal() => text;

    public override string ToString() => "***";
}

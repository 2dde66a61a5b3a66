namespace Portcullis.Core.Identity.Keys;

/// <summary>A key just made: the only moment its text exists outside its holder's hands.</summary>
/// <param name="Record">What is stored.</param>
/// <param name="Text">The key; shown once.</param>
public sealed record IssuedApiKey(ApiKeyRecord Record, string Text)
{
    /// <summary>Masks the key, so that it reaches no log.</summary>
    public override string ToString() => $"{Record.Id} {ApiKeyText.Prefix}…";
}

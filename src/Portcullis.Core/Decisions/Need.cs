namespace Portcullis.Core.Decisions;

/// <summary>Something a guard lacks and must not fetch itself, such as a key set; the adapter fetches it and enters again.</summary>
/// <param name="Kind">Names the resolver, for example <c>jwks</c>.</param>
/// <param name="Argument">What to fetch, for example the issuer.</param>
public sealed record Need(string Kind, string Argument)
{
    /// <summary>What must be sent along and shown to nobody; null mostly.</summary>
    public Hashing.SecretText? Secret { get; init; }
}

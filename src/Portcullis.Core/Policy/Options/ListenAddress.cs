namespace Portcullis.Core.Policy.Options;

/// <summary>Addresses to listen on, as written in a policy.</summary>
public static class ListenAddress
{
    /// <summary>The URL that an address means, with <c>[::]</c> for the hosts <c>*</c> and <c>+</c>, which no URL can hold; null for no URL.</summary>
    public static Uri? Of(string text)
    {
        var plain = text.Replace("://*", "://[::]", StringComparison.Ordinal)
            .Replace("://+", "://[::]", StringComparison.Ordinal);
        return Uri.TryCreate(plain, UriKind.Absolute, out var url) ? url : null;
    }
}

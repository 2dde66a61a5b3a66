using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Which reader a media type calls for.</summary>
public static class BodyKinds
{
    /// <summary>The kind for a Content-Type header's value; a missing one is sniffed later and counts as text, an unreadable charset is opaque.</summary>
    public static BodyKind Of(string? mediaType)
    {
        if (string.IsNullOrEmpty(mediaType))
        {
            return BodyKind.Text;
        }
        var type = mediaType.AsSpan();
        var semicolon = type.IndexOf(';');
        if (semicolon >= 0)
        {
            type = type[..semicolon];
        }
        type = type.Trim();
        if (
            type.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
        )
        {
            return BodyKind.Json;
        }
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) ? BodyKind.Text : BodyKind.Opaque;
    }
}

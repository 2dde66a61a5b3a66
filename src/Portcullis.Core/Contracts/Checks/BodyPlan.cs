using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>One declared media type of a body.</summary>
/// <param name="MediaType">Lower case, without parameters; may end in <c>/*</c>.</param>
/// <param name="Schema">What a JSON or form body must be; null when only the type is held.</param>
internal sealed record BodyPlan(string MediaType, SchemaNode? Schema)
{
    /// <summary>True for the media type of a Content-Type header's value.</summary>
    public bool Covers(ReadOnlySpan<char> mediaType) =>
        MediaType == "*/*"
        || (
            MediaType.EndsWith("/*", StringComparison.Ordinal)
                ? mediaType.StartsWith(MediaType.AsSpan()[..^1], StringComparison.OrdinalIgnoreCase)
                : mediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>A Content-Type header's value without its parameters.</summary>
    public static ReadOnlySpan<char> Bare(ReadOnlySpan<char> contentType)
    {
        var semicolon = contentType.IndexOf(';');
        return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim();
    }

    public static bool IsJson(ReadOnlySpan<char> mediaType) =>
        mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
        || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    public static bool IsForm(ReadOnlySpan<char> mediaType) =>
        mediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>The most specific plan for a media type, or null.</summary>
    public static BodyPlan? Find(BodyPlan[] plans, ReadOnlySpan<char> mediaType)
    {
        BodyPlan? found = null;
        foreach (var plan in plans)
        {
            if (plan.Covers(mediaType) && (found is null || found.MediaType.EndsWith("/*", StringComparison.Ordinal)))
            {
                found = plan;
            }
        }
        return found;
    }
}

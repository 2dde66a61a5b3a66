namespace Portcullis.Core.Traffic;

/// <summary>
/// Forms in request bodies. Rack, Symfony and Express run the method that a field <c>_method</c> names instead of the request's own, so
/// that what was judged would not be what is done.
/// </summary>
public static class RequestForm
{
    private const string MediaType = "application/x-www-form-urlencoded";

    // "_method" and what ends it, each byte escaped.
    private const int MostName = 24;

    /// <summary>True for a body that frameworks read as a form, going by its media type.</summary>
    public static bool IsForm(HeaderSource headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers.First("Content-Type") is { } type
            && type.AsSpan().TrimStart().StartsWith(MediaType, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True when a field of the form, however it is escaped, names another method.</summary>
    public static bool OverridesMethod(ReadOnlySpan<byte> form)
    {
        Span<byte> decoded = stackalloc byte[MostName];
        // The semicolon too: to older parsers it separates fields.
        foreach (var range in form.SplitAny("&;"u8))
        {
            var pair = form[range];
            var equals = pair.IndexOf((byte)'=');
            var name = WithoutSpaces(equals < 0 ? pair : pair[..equals]);
            name = name.Length > MostName ? name[..MostName] : name;
            if (NamesMethod(decoded[..ValueText.Form(name, decoded)]))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>True for a parameter's name, unescaped, that frameworks take for an override; PHP reads dots and brackets as underscores.</summary>
    public static bool NamesMethod(ReadOnlySpan<byte> name)
    {
        name = WithoutSpaces(name);
        var nul = name.IndexOf((byte)0);
        name = nul < 0 ? name : name[..nul];
        return name.Length == "_method"u8.Length
            && name[0] is (byte)'_' or (byte)'.' or (byte)'['
            && name[1..].SequenceEqual("method"u8);
    }

    private static ReadOnlySpan<byte> WithoutSpaces(ReadOnlySpan<byte> name)
    {
        while (true)
        {
            if (name is [(byte)' ' or (byte)'+', ..])
            {
                name = name[1..];
            }
            else if (name.StartsWith("%20"u8))
            {
                name = name[3..];
            }
            else
            {
                return name;
            }
        }
    }
}

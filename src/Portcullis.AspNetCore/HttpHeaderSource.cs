using Microsoft.AspNetCore.Http;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Shows ASP.NET Core headers to the gate without copying them.</summary>
internal sealed class HttpHeaderSource : HeaderSource
{
    public IHeaderDictionary? Headers { get; set; }

    public override int Unusual(Span<string> names)
    {
        if (Headers is not { Count: > 0 } headers)
        {
            return 0;
        }
        // Walking them allocates, so it is done only when there is something to find.
        var usual = 0;
        foreach (var name in UsualHeaders.Names)
        {
            usual += headers.ContainsKey(name) ? 1 : 0;
            if (usual == headers.Count)
            {
                return 0;
            }
        }
        var count = 0;
        foreach (var header in headers)
        {
            if (UsualHeaders.Contains(header.Key))
            {
                continue;
            }
            if (count < names.Length)
            {
                names[count] = header.Key;
            }
            count++;
        }
        return count;
    }

    public override bool AnyName(Func<string, bool> isMeant)
    {
        if (Headers is not { } headers)
        {
            return false;
        }
        foreach (var header in headers)
        {
            if (isMeant(header.Key))
            {
                return true;
            }
        }
        return false;
    }

    public override int Get(string name, out string? first)
    {
        var values = Headers is null ? default : Headers[name];
        first = values.Count > 0 ? values[0] : null;
        return values.Count;
    }

    public override string? Line(string name, int index)
    {
        var values = Headers is null ? default : Headers[name];
        return index < values.Count ? values[index] : null;
    }
}

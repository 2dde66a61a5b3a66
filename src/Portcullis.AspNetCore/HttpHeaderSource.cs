using Microsoft.AspNetCore.Http;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Shows ASP.NET Core headers to the gate without copying them.</summary>
internal sealed class HttpHeaderSource : HeaderSource
{
    public IHeaderDictionary? Headers { get; set; }

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

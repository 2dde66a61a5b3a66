using Microsoft.AspNetCore.Http;
using Portcullis.Core;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>
/// Asks the upstream only for what can be judged: whole answers, in codings the gate decodes, never "not modified". Done where verdicts
/// are carried out; a monitored request is forwarded as it came.
/// </summary>
internal static class RequestPreparation
{
    private static readonly string[] Removed = ["Range", "If-Range", "If-None-Match", "If-Modified-Since"];

    private static readonly string[] Decodable = ["gzip", "br", "zstd", "identity"];

    public static void Apply(Exchange exchange, HttpRequest request)
    {
        if (!exchange.IsEnforced || exchange.Plan is { InspectsResponse: false })
        {
            return;
        }
        var headers = request.Headers;
        foreach (var name in Removed)
        {
            headers.Remove(name);
        }
        var accepted = headers.AcceptEncoding;
        if (accepted.Count > 0)
        {
            headers.AcceptEncoding = OnlyDecodable(accepted.ToString());
        }
        if (HttpMethods.IsHead(request.Method) && exchange.Operation?.Method != HttpMethods.Head)
        {
            // Judged as GET: the body is needed to know whose record the head is about. What is declared for HEAD alone has no GET.
            request.Method = HttpMethods.Get;
        }
    }

    public static void Restore(Exchange exchange, HttpRequest request)
    {
        if (exchange.Method == HttpMethods.Head)
        {
            request.Method = HttpMethods.Head;
        }
    }

    private static string OnlyDecodable(string accepted)
    {
        var kept = accepted
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(part => Decodable.Contains(part.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase));
        var joined = string.Join(", ", kept);
        return joined.Length > 0 ? joined : "identity";
    }
}

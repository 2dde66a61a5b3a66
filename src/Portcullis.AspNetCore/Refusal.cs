using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>
/// Writes a refusal: application/problem+json (RFC 9457) or the upstream's own template, with an incident id that only operators can
/// look up, CORS headers kept so that browsers may read it.
/// </summary>
internal static class Refusal
{
    private static readonly string[] KeptHeaders =
    [
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Credentials",
        "Access-Control-Expose-Headers",
        "Vary",
    ];

    public static async ValueTask WriteAsync(LiveExchange live, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        var response = live.Context.Response;
        var reason = exchange.Reason!;
        Clean(response);
        AnswerRelease.Seal(live.Context);
        if (exchange.Upstream is { } upstream)
        {
            live.Driver.Cors.Apply(upstream.Name, live.Context);
        }
        response.StatusCode = reason.Status;
        response.Headers.CacheControl = "no-store";
        if (exchange.RetryAfterSeconds > 0)
        {
            response.Headers.RetryAfter = exchange.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }
        if (reason.Status == StatusCodes.Status429TooManyRequests && exchange.RetryAfterSeconds > 0)
        {
            // RateLimit header fields for HTTP (draft-ietf-httpapi-ratelimit-headers): nothing remains until then.
            response.Headers["RateLimit"] = $"\"records\";r=0;t={exchange.RetryAfterSeconds}";
        }
        if (reason.Challenge is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }
        var incident = IncidentId.Of(live.Driver.Gate.State.Keys, exchange.Sequence);
        var executed = exchange.WasForwarded && !IsSafe(exchange.Method);
        if (executed)
        {
            response.Headers[AnswerRelease.VerdictHeader] = "refuse; executed";
        }
        var body = exchange.Upstream?.RefusalTemplate is { } template
            ? Encoding.UTF8.GetBytes(RefusalTemplate.Fill(template, reason, incident, executed))
            : Problem(reason, incident, executed);
        response.ContentType = exchange.Upstream?.RefusalTemplate is null
            ? "application/problem+json"
            : exchange.Upstream.RefusalType;
        response.ContentLength = body.Length;
        if (exchange.Method != HttpMethods.Head)
        {
            await live.Body.Inner.Stream.WriteAsync(body, cancellation);
        }
    }

    private static void Clean(HttpResponse response)
    {
        var kept = KeptHeaders
            .Select(name => (name, value: response.Headers[name]))
            .Where(pair => pair.value.Count > 0)
            .ToArray();
        response.Headers.Clear();
        foreach (var (name, value) in kept)
        {
            response.Headers[name] = value;
        }
    }

    private static bool IsSafe(string method) => method is "GET" or "HEAD" or "OPTIONS" or "TRACE";

    private static byte[] Problem(Reason reason, string incident, bool executed)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", reason.Title);
            json.WriteNumber("status", reason.Status);
            if (executed)
            {
                json.WriteString("detail", "The request was carried out; only its answer is withheld. Do not repeat it.");
                json.WriteBoolean("executed", true);
            }
            json.WriteString("incident", incident);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}

using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Lets a judged and committed answer leave: as it came, or masked or clipped with everything that would contradict the new bytes removed.</summary>
internal static class AnswerRelease
{
    /// <summary>Names the verdict on an answer that is not the upstream's own, so that no client takes a clipped list for the whole.</summary>
    public const string VerdictHeader = "Portcullis-Verdict";

    private const int Slice = 64 * 1024;

    // Validators and digests of the original bytes (RFC 9110 section 8.8, RFC 9530), and what a partial answer would need.
    private static readonly FrozenSet<string> Contradicting = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "ETag",
            "Last-Modified",
            "Digest",
            "Content-Digest",
            "Repr-Digest",
            "Content-MD5",
            "Accept-Ranges",
            "Content-Range",
            "Content-Encoding",
            "Transfer-Encoding",
            "Signature",
            "Signature-Input",
        ]
    );

    // Caches that heed one of these before Cache-Control (RFC 9213), or a date.
    private static readonly FrozenSet<string> OtherCacheWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "Expires",
            "Pragma",
            "CDN-Cache-Control",
            "Cloudflare-CDN-Cache-Control",
            "Netlify-CDN-Cache-Control",
            "Vercel-CDN-Cache-Control",
            "Surrogate-Control",
            "Surrogate-Key",
            "X-Accel-Expires",
        ]
    );

    /// <summary>
    /// Makes the bytes that leave, before anything of the head is touched. Without the memory for changed ones the answer is refused: it is
    /// in the journal as released then, which counts too much, never too little.
    /// </summary>
    public static void Prepare(LiveExchange live)
    {
        var exchange = live.Exchange;
        if (exchange.Effective is not (VerdictKind.Mask or VerdictKind.Clip))
        {
            return;
        }
        if (live.Decoded.Length > 0)
        {
            live.Encoded.Clear();
        }
        var most = AnswerRewriter.MostLength(exchange);
        var room = live.Rewritten.Room(most, most, exchange.Policy.Hold.Total);
        if (room.Length < most)
        {
            live.Driver.Gate.Fail(exchange, GateReasons.Overload, GateDriver.RetrySeconds);
            exchange.Object(Judgement.Refuse(GateReasons.Overload, GateDriver.RetrySeconds));
            return;
        }
        live.Rewritten.Advance(AnswerRewriter.Write(exchange, room.Span));
    }

    public static async ValueTask WriteAsync(LiveExchange live, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        var response = live.Context.Response;
        if (exchange.IsEnforced)
        {
            WriteHead(live, exchange, response);
        }
        if (exchange.Method == HttpMethods.Head)
        {
            response.Headers.Remove("Transfer-Encoding");
            return;
        }
        // From here on only the bytes count, however slowly the client takes them.
        exchange.ForgetItems();
        live.Decoded.Clear();
        var body = live.Encoded.Memory;
        if (IsRewritten(exchange))
        {
            live.Encoded.Clear();
            body = live.Rewritten.Memory;
        }
        while (!body.IsEmpty)
        {
            // In slices, so that the server never has more of it beside what is held than it sends at a time.
            var slice = body.Length > Slice ? body[..Slice] : body;
            var write = live.Body.Inner.Stream.WriteAsync(slice, live.Overdue);
            if (!write.IsCompletedSuccessfully)
            {
                live.Limit(exchange.Policy.Hold.Timeout);
                await WaitAsync(live, write, cancellation);
            }
            body = body[slice.Length..];
        }
    }

    // A client that takes nothing for as long as a body may be held gives its place to others.
    private static async ValueTask WaitAsync(LiveExchange live, ValueTask write, CancellationToken cancellation)
    {
        try
        {
            await write;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            live.Context.Abort();
            throw;
        }
    }

    private static bool IsRewritten(Exchange exchange) => exchange.Effective is VerdictKind.Mask or VerdictKind.Clip;

    private static void WriteHead(LiveExchange live, Exchange exchange, HttpResponse response)
    {
        Seal(live.Context);
        KeepFromCaches(exchange, response);
        if (!IsRewritten(exchange))
        {
            return;
        }
        var headers = response.Headers;
        Remove(headers, Contradicting);
        foreach (ref readonly var header in exchange.PersonalHeaders.Span)
        {
            headers.Remove(header.Name);
        }
        headers.ContentLength = live.Rewritten.Length;
        headers[VerdictHeader] = Describe(exchange);
    }

    /// <summary>Lets no cache keep an enforced answer with personal data; one that nobody read is taken for what its operation returns.</summary>
    public static void KeepFromCaches(Exchange exchange, HttpResponse response)
    {
        var isPersonal =
            exchange.ResponseClasses != 0
            || (exchange.Release == ReleaseKind.Unmeasured && exchange.Plan is { ReturnsPersonalData: true });
        if (exchange.IsEnforced && isPersonal && !exchange.Policy.KeepsCacheControl)
        {
            response.Headers.CacheControl = "private, no-store";
            Remove(response.Headers, OtherCacheWords);
        }
    }

    // One walk over the names that came costs less than a search for each that may have.
    private static void Remove(IHeaderDictionary headers, FrozenSet<string> names)
    {
        List<string>? found = null;
        foreach (var header in headers)
        {
            if (names.Contains(header.Key))
            {
                (found ??= []).Add(header.Key);
            }
        }
        if (found is null)
        {
            return;
        }
        foreach (var name in found)
        {
            headers.Remove(name);
        }
    }

    /// <summary>Takes out what no guard reads: the words beside the status, and trailers.</summary>
    public static void Seal(HttpContext context)
    {
        if (context.Features.Get<IHttpResponseFeature>() is { ReasonPhrase: not null } response)
        {
            response.ReasonPhrase = null;
        }
        // Asked by its type: the generic way costs far more where there is none, and over HTTP/1 there is none.
        var feature = context.Features[typeof(IHttpResponseTrailersFeature)];
        if (feature is IHttpResponseTrailersFeature { Trailers: { Count: > 0 } trailers })
        {
            trailers.Clear();
        }
        context.Response.Headers.Remove("Trailer");
    }

    private static string Describe(Exchange exchange)
    {
        var (masked, dropped) = (0, 0);
        foreach (ref readonly var item in exchange.Items.Span)
        {
            masked += item.Outcome == ItemOutcome.Masked ? 1 : 0;
            dropped += item.Outcome == ItemOutcome.Dropped ? 1 : 0;
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(exchange.Effective == VerdictKind.Clip ? "clip" : "mask")}; removed={dropped}; masked={masked}"
        );
    }
}

using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Portcullis.Core.Classification;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Lets a judged and committed answer leave: as it came, or masked or clipped with everything that would contradict the new bytes removed.</summary>
internal static class AnswerRelease
{
    /// <summary>Names the verdict on an answer that is not the upstream's own, so that no client takes a clipped list for the whole.</summary>
    public const string VerdictHeader = "Portcullis-Verdict";

    // Validators and digests of the original bytes (RFC 9110 section 8.8, RFC 9530), and what a partial answer would need.
    private static readonly string[] Contradicting =
    [
        "ETag",
        "Last-Modified",
        "Digest",
        "Content-Digest",
        "Repr-Digest",
        "Content-MD5",
        "Accept-Ranges",
        "Content-Encoding",
        "Transfer-Encoding",
        "Signature",
        "Signature-Input",
    ];

    public static async ValueTask WriteAsync(LiveExchange live, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        var response = live.Context.Response;
        if (exchange.IsEnforced && exchange.ResponseClasses != 0 && !exchange.Policy.KeepsCacheControl)
        {
            response.Headers.CacheControl = "private, no-store";
        }
        var body = live.Encoded.Memory;
        if (exchange.Effective is VerdictKind.Mask or VerdictKind.Clip)
        {
            var rewritten = new ArrayBufferWriter<byte>(exchange.ResponseBody.Length + 64);
            AnswerRewriter.Write(exchange, rewritten);
            body = rewritten.WrittenMemory;
            foreach (var name in Contradicting)
            {
                response.Headers.Remove(name);
            }
            response.ContentLength = body.Length;
            response.Headers[VerdictHeader] = Describe(exchange);
        }
        if (exchange.Method == HttpMethods.Head)
        {
            response.Headers.Remove("Transfer-Encoding");
            return;
        }
        if (!body.IsEmpty)
        {
            await live.Body.Inner.Stream.WriteAsync(body, cancellation);
        }
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

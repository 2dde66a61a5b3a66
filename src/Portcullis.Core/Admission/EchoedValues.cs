using System.Buffers;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Admission;

/// <summary>Whether an answer says about people only what the request itself said: then it tells the caller nothing new.</summary>
internal static class EchoedValues
{
    // A request that lists everybody would have every answer echo it.
    private const int MaxRequest = 8 * 1024;

    /// <summary>True when every personal value of the answer stands in the request body, and each item is made of such values alone.</summary>
    /// <param name="exchange">Request body and classified answer.</param>
    /// <param name="personal">Data classes that count, one bit each.</param>
    public static bool Cover(Exchange exchange, ulong personal)
    {
        var body = exchange.RequestBody.Span;
        if (body.Length is 0 or > MaxRequest)
        {
            return false;
        }
        var said = ArrayPool<byte>.Shared.Rent(body.Length);
        var isForm = exchange
            .RequestHeaders.First("Content-Type")
            ?.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase);
        var length = isForm == true ? ValueText.Form(body, said) : body.Length;
        if (isForm != true)
        {
            body.CopyTo(said);
        }
        var isCovered = Cover(exchange, personal, said.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(said, clearArray: true);
        return isCovered;
    }

    private static bool Cover(Exchange exchange, ulong personal, ReadOnlySpan<byte> said)
    {
        var seen = 0UL;
        Span<byte> text = stackalloc byte[1024];
        foreach (ref readonly var value in exchange.Values.Span)
        {
            if ((1UL << value.ClassBit & personal) == 0)
            {
                continue;
            }
            if (value.Range.Length is 0 or > 1024)
            {
                return false;
            }
            var length = ValueText.Decode(exchange.ResponseKind, exchange.ResponseBody.Span, value.Range, text);
            if (length == 0 || said.IndexOf(text[..length]) < 0)
            {
                return false;
            }
            seen |= 1UL << value.ClassBit;
        }
        // A class without a value that stands in the body cannot be compared.
        return (personal & ~seen) == 0;
    }
}

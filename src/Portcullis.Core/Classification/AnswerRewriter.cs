using System.Buffers;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>temp</summary>
public static class AnswerRewriter
{
    public static void Write(Exchange exchange, IBufferWriter<byte> to)
    {
        to.Write(exchange.ResponseBody.Span);
    }
}

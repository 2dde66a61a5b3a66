using System.Buffers;
using Portcullis.Core;
using Portcullis.Core.Classification;

namespace Portcullis.Drills.Replay;

/// <summary>The body that is left after mask or clip, written by the product's own rewriter.</summary>
internal sealed class RewrittenAnswer
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    /// <summary>Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Of(Exchange exchange)
    {
        _buffer.ResetWrittenCount();
        AnswerRewriter.Write(exchange, _buffer);
        return _buffer.WrittenMemory;
    }
}

using System.Runtime.CompilerServices;

namespace Portcullis.Core.Expressions;

/// <summary>A value that is itself a condition: <c>token.email_verified</c>. Anything but true and false is unknown.</summary>
internal sealed class TruthExpression(Operand operand) : Expression
{
    /// <inheritdoc/>
    [SkipLocalsInit]
    public override bool? Evaluate(Exchange exchange, int item)
    {
        if (operand.Count(exchange, item) != 1)
        {
            return null;
        }
        Span<byte> scratch = stackalloc byte[Operand.MaxLength];
        var value = operand.Read(exchange, item, 0, scratch);
        return value.Bytes.SequenceEqual("true"u8) ? true
            : value.Bytes.SequenceEqual("false"u8) ? false
            : null;
    }
}

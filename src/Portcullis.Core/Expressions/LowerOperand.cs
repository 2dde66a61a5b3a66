namespace Portcullis.Core.Expressions;

/// <summary>A value with its ASCII letters in lower case.</summary>
internal sealed class LowerOperand(Operand inner) : Operand
{
    public override bool IsLiteral => inner.IsLiteral;

    public override int Count(Exchange exchange, int item) => inner.Count(exchange, item);

    public override OperandValue Read(Exchange exchange, int item, int index, Span<byte> scratch)
    {
        var value = inner.Read(exchange, item, index, scratch);
        if (!value.IsKnown)
        {
            return default;
        }
        // The value may stand in the scratch itself; writing it over its own place is safe.
        for (var i = 0; i < value.Bytes.Length; i++)
        {
            var b = value.Bytes[i];
            scratch[i] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        }
        return new OperandValue(scratch[..value.Bytes.Length]);
    }
}

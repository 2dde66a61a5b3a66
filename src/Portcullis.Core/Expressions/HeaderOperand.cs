using System.Text;

namespace Portcullis.Core.Expressions;

/// <summary>A request header. Sent twice it is unknown, because the upstream may read the other one.</summary>
internal sealed class HeaderOperand(string name) : Operand
{
    public override int Count(Exchange exchange, int item) => exchange.RequestHeaders.Get(name, out _) == 1 ? 1 : 0;

    public override OperandValue Read(Exchange exchange, int item, int index, Span<byte> scratch) =>
        exchange.RequestHeaders.Get(name, out var value) == 1 && Encoding.UTF8.TryGetBytes(value, scratch, out var written)
            ? new OperandValue(scratch[..written])
            : default;
}

namespace Portcullis.Core.Expressions;

/// <summary>A parameter of the path template, by its place.</summary>
internal sealed class PathOperand(int parameter) : Operand
{
    public override int Count(Exchange exchange, int item) => parameter < exchange.PathParameters.Count ? 1 : 0;

    public override OperandValue Read(Exchange exchange, int item, int index, Span<byte> scratch)
    {
        var value = exchange.Target(exchange.PathParameters[parameter]);
        return value.Length <= MaxLength ? new OperandValue(value) : default;
    }
}

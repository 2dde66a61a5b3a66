using System.Text;

namespace Portcullis.Core.Expressions;

/// <summary>A value written in the expression.</summary>
internal sealed class LiteralOperand(string text, bool isNumber) : Operand
{
    private readonly byte[] _value = Encoding.UTF8.GetBytes(text);

    public bool IsNumber { get; } = isNumber;

    public override bool IsLiteral => true;

    public override int Count(Exchange exchange, int item) => 1;

    public override OperandValue Read(Exchange exchange, int item, int index, Span<byte> scratch) => new(_value);
}

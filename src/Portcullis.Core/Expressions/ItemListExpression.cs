using System.Runtime.CompilerServices;

namespace Portcullis.Core.Expressions;

/// <summary>Whether a list inside a response item holds a value: <c>token.sub in item.owners</c>.</summary>
internal sealed class ItemListExpression(Operand member, ItemOperand list) : Expression
{
    /// <inheritdoc/>
    [SkipLocalsInit]
    public override bool? Evaluate(Exchange exchange, int item)
    {
        var count = item < 0 ? 0 : member.Count(exchange, item);
        Span<byte> wanted = stackalloc byte[Operand.MaxLength];
        Span<byte> scratch = stackalloc byte[Operand.MaxLength];
        bool? result = count == 0 ? null : false;
        for (var i = 0; i < count; i++)
        {
            var value = member.Read(exchange, item, i, wanted);
            var one = value.IsKnown ? list.Holds(exchange, item, value.Bytes, scratch) : null;
            if (one == true)
            {
                return true;
            }
            result = one is null ? null : result;
        }
        return result;
    }
}

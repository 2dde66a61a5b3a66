using System.Text;
using Portcullis.Core.Identity;

namespace Portcullis.Core.Expressions;

/// <summary>A claim of the verified token, key or session, under one of several names; it may have several values.</summary>
internal sealed class ClaimOperand(params string[] names) : Operand
{
    private readonly byte[][] _names = Array.ConvertAll(names, Encoding.UTF8.GetBytes);

    public IReadOnlyList<string> Names => names;

    public override int Count(Exchange exchange, int item) => Values(exchange).Count;

    public override OperandValue Read(Exchange exchange, int item, int index, Span<byte> scratch)
    {
        var value = Values(exchange)[index];
        return value.Length <= MaxLength ? new OperandValue(value) : default;
    }

    private ClaimValues Values(Exchange exchange)
    {
        if (exchange.Identity is { } identity)
        {
            foreach (var name in _names)
            {
                if (identity.Claims.TryFind(name, out var values))
                {
                    return values;
                }
            }
        }
        return default;
    }
}

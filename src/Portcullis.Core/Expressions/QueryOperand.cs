using System.Text;

namespace Portcullis.Core.Expressions;

/// <summary>A query parameter. Given twice, or a second time behind a semicolon, it is unknown, because the upstream may read the other one.</summary>
internal sealed class QueryOperand(string name) : Operand
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

    public override int Count(Exchange exchange, int item) => Find(exchange) >= 0 ? 1 : 0;

    public override OperandValue Read(Exchange exchange, int item, int index, Span<byte> scratch)
    {
        var place = Find(exchange);
        if (place < 0)
        {
            return default;
        }
        var value = exchange.Target(exchange.Query[place].Value);
        return value.Length <= MaxLength ? new OperandValue(value) : default;
    }

    // Names compare without case: many frameworks read ?ACCOUNT=1 as account.
    private int Find(Exchange exchange)
    {
        var found = -1;
        for (var i = 0; i < exchange.Query.Count; i++)
        {
            if (!Ascii.EqualsIgnoreCase(exchange.Target(exchange.Query[i].Name), _name))
            {
                continue;
            }
            if (found >= 0)
            {
                return -1;
            }
            found = i;
        }
        return found >= 0 && StandsBehindSemicolon(exchange) ? -1 : found;
    }

    private bool StandsBehindSemicolon(Exchange exchange)
    {
        foreach (ref readonly var name in exchange.QueryNamesBehindSemicolons.Span)
        {
            if (Ascii.EqualsIgnoreCase(exchange.Target(name), _name))
            {
                return true;
            }
        }
        return false;
    }
}

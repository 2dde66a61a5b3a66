using System.Text;
using Portcullis.Core;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;
using Xunit;

namespace Portcullis.Tests.Policy.Expressions;

/// <summary>An exchange as guards before ownership leave it.</summary>
internal sealed class JudgedExchange
{
    private static readonly Dictionary<string, Pool> Pools = new()
    {
        ["anonymous"] = new(0, "anonymous", null),
        ["new"] = new(1, "new", null),
        ["call-centre"] = new(2, "call-centre", null),
    };

    private readonly Dictionary<string, byte[][]> _claims = [];
    private readonly HeaderList _headers = new();
    private int _written;

    public JudgedExchange() => Exchange.RequestHeaders = _headers;

    public Exchange Exchange { get; } = new();

    public JudgedExchange Path(params string[] values)
    {
        foreach (var value in values)
        {
            Exchange.PathParameters.Add(Text(value));
        }
        return this;
    }

    public JudgedExchange Query(string name, string value)
    {
        Exchange.Query.Add(new QueryParameter(Text(name), Text(value)));
        return this;
    }

    public JudgedExchange Header(string name, string value)
    {
        _headers.Add(name, value);
        return this;
    }

    public JudgedExchange Claim(string name, params string[] values)
    {
        _claims[name] = [.. values.Select(Encoding.UTF8.GetBytes)];
        Exchange.Identity = new VerifiedIdentity(Rung.Account, new Key128(1, 2), ClaimSet.Of(_claims), long.MaxValue);
        return this;
    }

    public JudgedExchange InPool(int index)
    {
        Exchange.Pools |= 1UL << index;
        return this;
    }

    /// <summary>An answer that is a list of these items.</summary>
    public JudgedExchange Items(params string[] items)
    {
        Exchange.ResponseKind = BodyKind.Json;
        var body = new StringBuilder("[");
        foreach (var item in items)
        {
            Exchange.Items.Add(
                new ItemFact
                {
                    Range = new TextRange(Encoding.UTF8.GetByteCount(body.ToString()), Encoding.UTF8.GetByteCount(item)),
                }
            );
            body.Append(item).Append(',');
        }
        Exchange.ResponseBody = Encoding.UTF8.GetBytes(body.ToString().TrimEnd(',') + "]");
        return this;
    }

    /// <summary>An answer that is one record.</summary>
    public JudgedExchange Single(string item)
    {
        Exchange.ResponseKind = BodyKind.Json;
        Exchange.Items.Add(new ItemFact());
        Exchange.ResponseBody = Encoding.UTF8.GetBytes(item);
        return this;
    }

    public bool? Evaluate(string text, int item = -1)
    {
        Assert.True(ExpressionParser.TryParse(text, Scope(item), out var expression, out var error), error?.Message);
        return expression.Evaluate(Exchange, item);
    }

    public static Expression Parse(string text, bool hasItem)
    {
        Assert.True(ExpressionParser.TryParse(text, Scope(hasItem ? 0 : -1), out var expression, out var error), error?.Message);
        return expression;
    }

    public static ExpressionScope Scope(int item) =>
        new()
        {
            PathParameters = ["accountId", "lineId"],
            HasRequest = true,
            HasItem = item >= 0,
            Pools = Pools,
        };

    private TextRange Text(string value)
    {
        var start = _written;
        var bytes = Encoding.UTF8.GetBytes(value);
        if (Exchange.TargetBytes.Length < start + bytes.Length)
        {
            var larger = new byte[start + bytes.Length + 512];
            Exchange.TargetBytes.CopyTo(larger, 0);
            Exchange.TargetBytes = larger;
        }
        bytes.CopyTo(Exchange.TargetBytes, start);
        _written += bytes.Length;
        return new TextRange(start, bytes.Length);
    }
}

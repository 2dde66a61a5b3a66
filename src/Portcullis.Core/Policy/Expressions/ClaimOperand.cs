using Portcullis.Core.Traffic;

namespace Portcullis.Core.Policy.Expressions;

/// <summary>A claim of the verified token, key or session, under one of several names; it may have several values.</summary>
internal sealed class ClaimOperand(params string[] names) : Operand
{
    public IReadOnlyList<string> Names => names;

    public override int Count(Exchange exchange, int item) => Values(exchange)?.Length ?? 0;

    public override ValueText Read(Exchange exchange, int item, int index, Span<byte> scratch) =>
        Values(exchange) is { } values && values[index].Length <= MaxLength ? new ValueText(values[index]) : default;

    private byte[][]? Values(Exchange exchange)
    {
        if (exchange.Identity is not { } identity)
        {
            return null;
        }
        foreach (var name in names)
        {
            if (identity.Claims.TryGetValue(name, out var values))
            {
                return values;
            }
        }
        return null;
    }
}

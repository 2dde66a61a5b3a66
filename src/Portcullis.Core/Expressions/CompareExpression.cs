using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Portcullis.Core.Expressions;

/// <summary>
/// Compares two operands: true when any value of one side and any of the other compare so, unknown when a side has no value, else false.
/// Only claims have several values; everything a caller can write more than once is unknown then.
/// </summary>
internal sealed class CompareExpression(Operand left, Comparison comparison, Operand right) : Expression
{
    /// <inheritdoc/>
    [SkipLocalsInit]
    public override bool? Evaluate(Exchange exchange, int item)
    {
        var leftCount = left.Count(exchange, item);
        var rightCount = right.Count(exchange, item);
        if (leftCount == 0 || rightCount == 0)
        {
            return null;
        }
        Span<byte> leftScratch = stackalloc byte[Operand.MaxLength];
        Span<byte> rightScratch = stackalloc byte[Operand.MaxLength];
        bool? result = false;
        for (var i = 0; i < leftCount; i++)
        {
            var a = left.Read(exchange, item, i, leftScratch);
            if (!a.IsKnown)
            {
                result = null;
                continue;
            }
            for (var j = 0; j < rightCount; j++)
            {
                var b = right.Read(exchange, item, j, rightScratch);
                var one = b.IsKnown ? Compare(a.Bytes, b.Bytes) : null;
                if (one == true)
                {
                    return true;
                }
                result = one is null ? null : result;
            }
        }
        return result;
    }

    /// <inheritdoc/>
    internal override void AddOwnClaims(ISet<string> claims)
    {
        if (comparison == Comparison.Equal && (Claim(left, right) ?? Claim(right, left)) is { } claim)
        {
            claims.UnionWith(claim.Names);
        }
    }

    private static ClaimOperand? Claim(Operand one, Operand other) =>
        one is ClaimOperand claim && other is PathOperand or QueryOperand or ItemOperand ? claim : null;

    private bool? Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        switch (comparison)
        {
            case Comparison.Equal:
                return a.SequenceEqual(b);
            case Comparison.StartsWith:
                return a.StartsWith(b);
            default:
                if (!TryNumber(a, out var x) || !TryNumber(b, out var y))
                {
                    return null;
                }
                return comparison == Comparison.Less ? x < y : x <= y;
        }
    }

    // Decimal, so that amounts and long ids compare exactly.
    private static bool TryNumber(ReadOnlySpan<byte> text, out decimal value) =>
        Utf8Parser.TryParse(text, out value, out var read) && read == text.Length;
}

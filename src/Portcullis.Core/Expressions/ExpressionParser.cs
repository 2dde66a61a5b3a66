using System.Diagnostics.CodeAnalysis;
using Portcullis.Core.Policy.Reading;

namespace Portcullis.Core.Expressions;

/// <summary>
/// Parses the policy's expression language, a typed and total subset of the Common Expression Language (CEL): conditions joined by
/// <c>&amp;&amp;</c>, <c>||</c> and <c>!</c>, comparisons, <c>in</c>, <c>startsWith</c>, <c>lower</c>. No loops, no variables.
/// </summary>
public sealed class ExpressionParser
{
    /// <summary>Longest text in characters.</summary>
    public const int MaxLength = 4096;

    /// <summary>Deepest nesting of parentheses and negations.</summary>
    public const int MaxDepth = 32;

    private readonly List<Token> _tokens;
    private readonly OperandParser _operands;
    private int _depth;

    private ExpressionParser(List<Token> tokens, ExpressionScope scope)
    {
        _tokens = tokens;
        _operands = new OperandParser(tokens, scope);
    }

    /// <summary>Compiles a text; false with the first error, which always has a position inside the text or at its end.</summary>
    public static bool TryParse(
        string text,
        ExpressionScope scope,
        [NotNullWhen(true)] out Expression? expression,
        [NotNullWhen(false)] out ExpressionError? error
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        expression = null;
        error = null;
        if (text.Length > MaxLength)
        {
            error = new ExpressionError(
                MaxLength,
                $"The condition is longer than {MaxLength} characters.",
                "Put lists of values into a claim."
            );
            return false;
        }
        try
        {
            var parser = new ExpressionParser(ExpressionLexer.Read(text), scope);
            expression = parser.Any();
            parser.ExpectEnd();
            return true;
        }
        catch (ExpressionStop stop)
        {
            expression = null;
            error = stop.Error;
            return false;
        }
    }

    private Token Current => _tokens[_operands.At];

    private Expression Any() => Chain("||", All, parts => new AnyExpression(parts));

    private Expression All() => Chain("&&", Not, parts => new AllExpression(parts));

    private Expression Chain(string symbol, Func<Expression> part, Func<Expression[], Expression> join)
    {
        var parts = new List<Expression> { part() };
        while (_operands.Take(symbol))
        {
            parts.Add(part());
        }
        return parts.Count == 1 ? parts[0] : join([.. parts]);
    }

    private Expression Not()
    {
        var at = Current;
        if (!_operands.Take("!"))
        {
            return Condition();
        }
        Enter(at);
        var inner = Not();
        _depth--;
        return new NotExpression(inner);
    }

    private Expression Condition()
    {
        var at = Current;
        if (_operands.Take("("))
        {
            Enter(at);
            var inner = Any();
            _operands.Expect(")");
            _depth--;
            if (Current.Kind == TokenKind.Symbol && Current.Text is "==" or "!=" or "<" or ">" or "<=" or ">=")
            {
                throw new ExpressionStop(
                    Current.Position,
                    "A condition in parentheses cannot be compared.",
                    "Negate it with `!`, or leave the comparison out."
                );
            }
            return inner;
        }
        if (_operands.TryPool(out var pool))
        {
            return pool;
        }
        var left = _operands.Read();
        if (_operands.TryMethod(out var prefix))
        {
            return new CompareExpression(left, Comparison.StartsWith, prefix);
        }
        return Current switch
        {
            { Kind: TokenKind.Symbol, Text: "==" or "!=" } => Equality(left, at),
            { Kind: TokenKind.Symbol, Text: "<" or "<=" or ">" or ">=" } => Order(left, at),
            { Kind: TokenKind.Name, Text: "in" } => Membership(left),
            _ => Truth(left, at),
        };
    }

    private Expression Equality(Operand left, Token at)
    {
        var isNegated = Current.Text == "!=";
        _operands.Skip();
        var right = _operands.Read();
        RefuseLiterals(left, right, at);
        var equal = new CompareExpression(left, Comparison.Equal, right);
        return isNegated ? new NotExpression(equal) : equal;
    }

    private CompareExpression Order(Operand left, Token at)
    {
        var symbol = Current.Text;
        _operands.Skip();
        var rightAt = Current;
        var right = _operands.Read();
        RefuseLiterals(left, right, at);
        foreach (var (operand, place) in ((Operand, Token)[])[(left, at), (right, rightAt)])
        {
            if (operand is LiteralOperand { IsNumber: false })
            {
                throw new ExpressionStop(
                    place.Position,
                    $"`{symbol}` compares numbers, and this is text.",
                    "Write a number, or compare with `==`."
                );
            }
        }
        // a > b is b < a.
        var comparison = symbol.EndsWith('=') ? Comparison.LessOrEqual : Comparison.Less;
        return symbol[0] == '<' ? new CompareExpression(left, comparison, right) : new CompareExpression(right, comparison, left);
    }

    private Expression Membership(Operand left)
    {
        _operands.Skip();
        var at = Current;
        if (!_operands.Take("["))
        {
            return _operands.Read() switch
            {
                ItemOperand list => new ItemListExpression(left, list),
                ClaimOperand claim => new CompareExpression(left, Comparison.Equal, claim),
                _ => throw new ExpressionStop(
                    at.Position,
                    "Behind `in` stands no list.",
                    "Write `[\"a\", \"b\"]`, a claim or a list of the item."
                ),
            };
        }
        var members = new List<Expression>();
        do
        {
            if (Current.Is("]"))
            {
                throw new ExpressionStop(Current.Position, "The list lacks a value.", "Write at least one, separated by commas.");
            }
            members.Add(new CompareExpression(left, Comparison.Equal, _operands.Read()));
        } while (_operands.Take(","));
        _operands.Expect("]");
        return new AnyExpression([.. members]);
    }

    private static Expression Truth(Operand left, Token at) =>
        left switch
        {
            LiteralOperand when at is { Kind: TokenKind.Name } => new ConstantExpression(at.Text == "true"),
            ClaimOperand or CallerOperand or ItemOperand => new TruthExpression(left),
            _ => throw new ExpressionStop(
                at.Position,
                "This is a value, not a condition.",
                "Compare it with something: `path.id == token.sub`."
            ),
        };

    private static void RefuseLiterals(Operand left, Operand right, Token at)
    {
        if (left.IsLiteral && right.IsLiteral)
        {
            throw new ExpressionStop(
                at.Position,
                "Two fixed values are compared.",
                "Compare one of them with a fact such as `token.sub`."
            );
        }
    }

    private void Enter(Token at)
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionStop(at.Position, $"The condition is nested deeper than {MaxDepth} levels.", "Simplify it.");
        }
    }

    private void ExpectEnd()
    {
        if (Current.Kind == TokenKind.End)
        {
            return;
        }
        var remedy = Current switch
        {
            { Kind: TokenKind.Name, Text: "and" or "AND" } => "Join conditions with `&&`.",
            { Kind: TokenKind.Name, Text: "or" or "OR" } => "Join conditions with `||`.",
            _ => "Join conditions with `&&` or `||`.",
        };
        throw new ExpressionStop(Current.Position, $"The condition could end before {Current.Shown}.", remedy);
    }
}

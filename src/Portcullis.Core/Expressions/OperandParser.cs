using System.Diagnostics.CodeAnalysis;
using System.Text;
using Portcullis.Core.Policy.Reading;

namespace Portcullis.Core.Expressions;

/// <summary>Reads the values of an expression and resolves their names in its scope.</summary>
internal sealed class OperandParser(List<Token> tokens, ExpressionScope scope)
{
    private const int MaxPath = 8;
    private static readonly string[] CallerNames = ["anonymous", "rung", "role", "pool"];

    /// <summary>Index of the current token.</summary>
    public int At { get; private set; }

    private Token Current => tokens[At];

    public void Skip() => At++;

    public bool Take(string symbol)
    {
        if (!Current.Is(symbol))
        {
            return false;
        }
        At++;
        return true;
    }

    public void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw new ExpressionStop(Current.Position, $"`{symbol}` is missing before {Current.Shown}.", $"Add `{symbol}`.");
        }
    }

    /// <summary>One value, with <c>.lower()</c> behind it if there is.</summary>
    public Operand Read()
    {
        var operand = Value();
        while (IsCall("lower"))
        {
            At += 3;
            Expect(")");
            operand = new LowerOperand(operand);
        }
        return operand;
    }

    /// <summary><c>.startsWith(x)</c> behind a value.</summary>
    public bool TryMethod([NotNullWhen(true)] out Operand? prefix)
    {
        prefix = null;
        if (!IsCall("startsWith"))
        {
            return false;
        }
        At += 3;
        prefix = Read();
        Expect(")");
        return true;
    }

    /// <summary><c>caller.pool("name")</c>.</summary>
    public bool TryPool([NotNullWhen(true)] out Expression? expression)
    {
        expression = null;
        if (Current is not { Kind: TokenKind.Name, Text: "caller" } || !tokens[At + 1].Is(".") || tokens[At + 2].Text != "pool")
        {
            return false;
        }
        var place = Current.Position;
        At += 3;
        Expect("(");
        var name = Current;
        if (name.Kind != TokenKind.Text)
        {
            throw new ExpressionStop(
                name.Position,
                "The pool's name is missing.",
                "Write it in quotes: `caller.pool(\"anonymous\")`."
            );
        }
        At++;
        Expect(")");
        if (scope.Pools is null)
        {
            throw new ExpressionStop(
                place,
                "Pools are not known while callers are sorted into pools.",
                "Ask about `token` and `caller` instead."
            );
        }
        if (!scope.Pools.TryGetValue(name.Text, out var pool))
        {
            var known = scope.Pools.Keys.ToArray();
            throw new ExpressionStop(
                name.Position,
                $"There is no pool `{MessageText.Shown(name.Text)}`.",
                MessageText.Suggest(name.Text, known, "Declare it under `pools`.")
            );
        }
        expression = new PoolExpression(pool.Mask);
        return true;
    }

    private bool IsCall(string name) =>
        Current.Is(".") && tokens[At + 1] is { Kind: TokenKind.Name } method && method.Text == name && tokens[At + 2].Is("(");

    private Operand Value()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Text when Encoding.UTF8.GetByteCount(token.Text) > Operand.MaxLength:
                throw new ExpressionStop(
                    token.Position,
                    $"The text is longer than {Operand.MaxLength} bytes.",
                    "No value compares as equal to it; shorten it."
                );
            case TokenKind.Text:
                At++;
                return new LiteralOperand(token.Text, isNumber: false);
            case TokenKind.Number:
                At++;
                return new LiteralOperand(token.Text, isNumber: true);
            case TokenKind.Name when token.Text is "true" or "false":
                At++;
                return new LiteralOperand(token.Text, isNumber: false);
            case TokenKind.Name:
                At++;
                return Fact(token);
            default:
                throw new ExpressionStop(
                    token.Position,
                    $"A value is missing before {token.Shown}.",
                    "Write a fact such as `token.sub`, or a text in quotes."
                );
        }
    }

    private Operand Fact(Token root)
    {
        switch (root.Text)
        {
            case "path":
                return Path(root);
            case "query" when scope.HasRequest:
                return new QueryOperand(Single(root).Text);
            case "header" when scope.HasRequest:
                return new HeaderOperand(Single(root).Text);
            case "token":
                return new ClaimOperand(string.Join('.', Names(root)));
            case "item" when scope.HasItem:
                return new ItemOperand([.. Names(root).Select(Encoding.UTF8.GetBytes)]);
            case "caller":
                return Caller(root);
            case "query" or "header":
                throw new ExpressionStop(root.Position, $"`{root.Text}` is not known here.", "Ask about `token` and `caller`.");
            case "item":
                throw new ExpressionStop(
                    root.Position,
                    "`item` is known only once there is an answer.",
                    "Write this condition under the operation's `items`."
                );
            case "body":
                throw new ExpressionStop(
                    root.Position,
                    "Request bodies cannot be asked about.",
                    "Ask about `path`, `query`, `header` or `token`, or about `item` under `items`."
                );
            case "lower" or "startsWith":
                throw new ExpressionStop(
                    root.Position,
                    $"`{root.Text}` stands behind its value.",
                    $"Write `token.email.{root.Text}(…)`."
                );
            default:
                string[] roots = ["path", "query", "header", "token", "caller", "item"];
                throw new ExpressionStop(
                    root.Position,
                    $"`{MessageText.Shown(root.Text)}` is no fact.",
                    MessageText.Suggest(root.Text, roots, "Quote text.") + " Text stands in quotes."
                );
        }
    }

    private PathOperand Path(Token root)
    {
        if (scope.PathParameters is not { } known)
        {
            throw new ExpressionStop(root.Position, "`path` is not known here.", "Ask about `token` and `caller`.");
        }
        var name = Single(root);
        for (var i = 0; i < known.Count; i++)
        {
            if (known[i] == name.Text)
            {
                return new PathOperand(i);
            }
        }
        throw new ExpressionStop(
            name.Position,
            $"The path has no parameter `{MessageText.Shown(name.Text)}`.",
            known.Count == 0
                ? "Its template has no parameters."
                : MessageText.Suggest(name.Text, [.. known], "Use a name of the template.")
        );
    }

    private Operand Caller(Token root)
    {
        var name = Single(root);
        return name.Text switch
        {
            "anonymous" => new CallerOperand(asksRung: false),
            "rung" => new CallerOperand(asksRung: true),
            "role" => new ClaimOperand("roles", "role"),
            _ => throw new ExpressionStop(
                name.Position,
                $"`caller.{MessageText.Shown(name.Text)}` is no fact.",
                MessageText.Suggest(name.Text, CallerNames, "")
            ),
        };
    }

    private Token Single(Token root)
    {
        var name = Step(root) ?? throw Nameless(root);
        return name;
    }

    private List<string> Names(Token root)
    {
        var names = new List<string> { (Step(root) ?? throw Nameless(root)).Text };
        while (!IsCall("lower") && !IsCall("startsWith") && Step(root) is { } next)
        {
            names.Add(next.Text);
            if (names.Count > MaxPath)
            {
                throw new ExpressionStop(
                    next.Position,
                    $"The name has more than {MaxPath} parts.",
                    "Ask about a field further up."
                );
            }
        }
        return names;
    }

    private static ExpressionStop Nameless(Token root) =>
        new(root.Position, $"`{root.Text}` needs a name behind it.", $"Write `{root.Text}.name`, or `{root.Text}[\"a-name\"]`.");

    // .name or ["name"]
    private Token? Step(Token root)
    {
        if (Current.Is("."))
        {
            At++;
            var name = Current;
            if (name.Kind != TokenKind.Name)
            {
                throw new ExpressionStop(
                    name.Position,
                    $"A name is missing before {name.Shown}.",
                    $"Write `{root.Text}.name`, or `{root.Text}[\"a-name\"]`."
                );
            }
            At++;
            return name;
        }
        if (!Current.Is("["))
        {
            return null;
        }
        At++;
        var quoted = Current;
        if (quoted.Kind != TokenKind.Text || quoted.Text.Length == 0)
        {
            throw new ExpressionStop(
                quoted.Position,
                "Between brackets stands a name in quotes.",
                $"Write `{root.Text}[\"a-name\"]`."
            );
        }
        At++;
        Expect("]");
        return quoted;
    }
}

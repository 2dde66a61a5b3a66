using System.Text;
using Portcullis.Core.Policy.Reading;

namespace Portcullis.Core.Expressions;

/// <summary>Splits the text of an expression into symbols.</summary>
internal static class ExpressionLexer
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", "."];

    /// <summary>The symbols, with an end behind them.</summary>
    /// <exception cref="ExpressionStop">A character belongs to no symbol, or a quote is not closed.</exception>
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c is '"' or '\'')
            {
                tokens.Add(Quoted(text, ref at));
            }
            else if (char.IsAsciiDigit(c) || (c == '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            {
                tokens.Add(Number(text, ref at));
            }
            else if (char.IsAsciiLetter(c) || c == '_')
            {
                var start = at;
                while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
                {
                    at++;
                }
                tokens.Add(new Token(TokenKind.Name, text[start..at], start));
            }
            else
            {
                tokens.Add(Symbol(text, ref at));
            }
        }
        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static Token Quoted(string text, ref int at)
    {
        var start = at;
        var quote = text[at++];
        var value = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }
            value.Append(text[at++]);
        }
        if (at >= text.Length)
        {
            throw new ExpressionStop(start, "The quote is not closed.", $"Add `{quote}` behind the text.");
        }
        at++;
        return new Token(TokenKind.Text, value.ToString(), start);
    }

    private static Token Number(string text, ref int at)
    {
        var start = at++;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }
        }
        if (at - start > 28)
        {
            throw new ExpressionStop(start, "The number is too long.", "Quote it, if it is an id.");
        }
        return new Token(TokenKind.Number, text[start..at], start);
    }

    private static Token Symbol(string text, ref int at)
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                var token = new Token(TokenKind.Symbol, symbol, at);
                at += symbol.Length;
                return token;
            }
        }
        var remedy = text[at] switch
        {
            '=' => "Compare with `==`.",
            '&' => "Join conditions with `&&`.",
            '|' => "Join conditions with `||`.",
            '-' => "Names with `-` stand in brackets: `header[\"x-account\"]`.",
            _ => "Remove it, or quote the text that holds it.",
        };
        throw new ExpressionStop(at, $"`{MessageText.Shown(text.Substring(at, 1))}` has no meaning here.", remedy);
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Portcullis.Core.Contracts.Schemas;

/// <summary>A contract's regular expression, run without backtracking: time grows with the text's length and nothing else.</summary>
internal sealed class TextPattern
{
    /// <summary>Longest expression, in characters.</summary>
    public const int MaxLength = 2_000;

    private const int OnStack = 512;

    private readonly Regex _regex;

    private TextPattern(Regex regex) => _regex = regex;

    /// <summary>Compiles ECMA-262 syntax; null with the reason when it cannot be run in linear time or is no expression.</summary>
    /// <param name="expression">As the contract writes it.</param>
    /// <param name="isWrong">True when it is no regular expression at all; false when it needs what linear time cannot give.</param>
    /// <param name="problem">Null on success.</param>
    public static TextPattern? Compile(string expression, out bool isWrong, out string? problem)
    {
        isWrong = false;
        problem = null;
        if (expression.Length > MaxLength)
        {
            problem = $"it is longer than {MaxLength} characters";
            return null;
        }
        try
        {
            return new TextPattern(
                new Regex(Translate(expression), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
            );
        }
        catch (NotSupportedException)
        {
            problem = "it needs backtracking (a lookaround, a back-reference) or counts too far";
            return null;
        }
        catch (RegexParseException fault) when (fault.Error == RegexParseError.InvalidUnicodePropertyEscape)
        {
            problem = "it names a Unicode property that is not known here";
            return null;
        }
        catch (ArgumentException fault)
        {
            isWrong = true;
            problem = fault.Message;
            return null;
        }
    }

    [SkipLocalsInit]
    public bool Matches(ReadOnlySpan<byte> text)
    {
        if (text.Length <= OnStack)
        {
            Span<char> near = stackalloc char[OnStack];
            return Encoding.UTF8.TryGetChars(text, near, out var written) && _regex.IsMatch(near[..written]);
        }
        var far = ArrayPool<char>.Shared.Rent(text.Length);
        var matches = Encoding.UTF8.TryGetChars(text, far, out var length) && _regex.IsMatch(far.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(far, clearArray: true);
        return matches;
    }

    /// <summary>Where ECMA-262 and .NET read the same text differently: digits and word characters are ASCII, <c>$</c> is the very end.</summary>
    private static string Translate(string expression)
    {
        var result = new StringBuilder(expression.Length + 16);
        var inClass = false;
        for (var i = 0; i < expression.Length; i++)
        {
            var c = expression[i];
            if (c == '\\' && i + 1 < expression.Length)
            {
                result.Append(Escape(expression[++i], inClass));
                continue;
            }
            if (c == '$' && !inClass)
            {
                result.Append(@"\z");
                continue;
            }
            // An inner bracket would begin a class subtraction in .NET.
            result.Append(c == '[' && inClass ? @"\[" : c.ToString());
            inClass = c == '[' || (inClass && c != ']');
        }
        return result.ToString();
    }

    private static string Escape(char c, bool inClass) =>
        (c, inClass) switch
        {
            ('d', true) => "0-9",
            ('d', false) => "[0-9]",
            ('w', true) => "A-Za-z0-9_",
            ('w', false) => "[A-Za-z0-9_]",
            ('D', false) => "[^0-9]",
            ('W', false) => "[^A-Za-z0-9_]",
            ('/', _) => "/",
            _ => $@"\{c}",
        };
}

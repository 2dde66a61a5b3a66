using System.Text;

namespace Portcullis.Drills.Oracle;

/// <summary>
/// The oracle's own reading of an answer: every quoted text, and every run of characters that a value could be made of, whatever the
/// format. Shares no code with the product, so that one mistake cannot hide in both.
/// </summary>
internal static class BodyWords
{
    /// <summary>Calls <paramref name="found"/> with each candidate value.</summary>
    public static void Read(ReadOnlySpan<byte> body, Action<string> found)
    {
        var text = Encoding.UTF8.GetString(body);
        for (var i = 0; i < text.Length; )
        {
            if (text[i] == '"')
            {
                i = ReadQuoted(text, i + 1, found);
            }
            else if (IsWord(text[i]))
            {
                i = ReadWord(text, i, found);
            }
            else
            {
                i++;
            }
        }
    }

    private static int ReadQuoted(string text, int at, Action<string> found)
    {
        var value = new StringBuilder();
        while (at < text.Length && text[at] != '"')
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                if (
                    text[at] == 'u'
                    && at + 4 < text.Length
                    && ushort.TryParse(text.AsSpan(at + 1, 4), System.Globalization.NumberStyles.HexNumber, null, out var code)
                )
                {
                    value.Append((char)code);
                    at += 5;
                    continue;
                }
            }
            value.Append(text[at++]);
        }
        var whole = value.ToString();
        found(whole);
        for (var i = 0; i < whole.Length; )
        {
            i = IsWord(whole[i]) ? ReadWord(whole, i, word => Part(word, whole, found)) : i + 1;
        }
        return at + 1;
    }

    private static void Part(string word, string whole, Action<string> found)
    {
        if (word.Length < whole.Length)
        {
            found(word);
        }
    }

    private static int ReadWord(string text, int at, Action<string> found)
    {
        var start = at;
        while (at < text.Length && IsWord(text[at]))
        {
            at++;
        }
        found(text[start..at]);
        return at;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '+' or '-' or '_';
}

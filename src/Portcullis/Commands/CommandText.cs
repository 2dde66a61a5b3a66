namespace Portcullis.Commands;

/// <summary>Sentences for people: broken between words at the edge of a terminal, never where a program reads lines.</summary>
internal static class CommandText
{
    private const int UsualWidth = 80;
    private const int LeastWidth = 20;

    /// <summary>Columns of the terminal that a command writes to; null where it writes to none.</summary>
    public static int? WidthOf(TextWriter output) =>
        !ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected ? null
        : Console.WindowWidth < LeastWidth ? UsualWidth
        : Console.WindowWidth;

    /// <summary>Writes a sentence after a label; lines that follow are indented as far as the label reaches.</summary>
    public static void Write(TextWriter output, string label, string sentence) => Write(output, WidthOf(output), label, sentence);

    /// <summary>As above for a terminal of a width; null for none.</summary>
    public static void Write(TextWriter output, int? width, string label, string sentence)
    {
        if (width is not { } most || label.Length + sentence.Length <= most)
        {
            output.WriteLine(label + sentence);
            return;
        }
        var indent = new string(' ', label.Length);
        var line = label;
        var isEmpty = true;
        foreach (var word in sentence.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > most)
            {
                output.WriteLine(line);
                (line, isEmpty) = (indent, true);
            }
            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }
        output.WriteLine(line);
    }
}

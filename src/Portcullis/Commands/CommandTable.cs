using System.Globalization;
using Spectre.Console;

namespace Portcullis.Commands;

/// <summary>Rows for people: a table in a terminal, aligned columns when piped.</summary>
internal static class CommandTable
{
    // Wide enough that nothing wraps where a program reads lines.
    private const int PipedWidth = 4000;

    public static void Write(TextWriter output, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(output),
                Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            }
        );
        var table = new Table { Border = isTerminal ? TableBorder.Rounded : TableBorder.None };
        if (!isTerminal)
        {
            console.Profile.Width = PipedWidth;
        }
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }
        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }
        console.Write(table);
    }

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string End(DateTimeOffset? time) => time is { } end ? Time(end) : "for ever";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string List(IReadOnlyList<string> words) => words.Count == 0 ? "–" : string.Join(", ", words);
}

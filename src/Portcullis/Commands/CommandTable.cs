using System.Globalization;
using Spectre.Console;

namespace Portcullis.Commands;

/// <summary>Rows for people: a table where a terminal is wide enough, one block a row where it is not, aligned columns when piped.</summary>
internal static class CommandTable
{
    private const string Nothing = "–";
    private const string Between = " · ";

    // Wide enough that nothing wraps where a program reads lines.
    private const int PipedWidth = 4000;

    // What Spectre's rounded table adds to each cell: a line and a blank on both sides.
    private const int CellFrame = 3;

    /// <param name="output">Where the rows go.</param>
    /// <param name="columns">Headings.</param>
    /// <param name="rows">Cells, as many as headings.</param>
    /// <param name="title">How many of the first cells name the row.</param>
    public static void Write(
        TextWriter output,
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<string>> rows,
        int title = 1
    ) => Write(output, CommandText.WidthOf(output), columns, [.. rows], title);

    /// <summary>As above for a terminal of a width; null for none.</summary>
    public static void Write(
        TextWriter output,
        int? width,
        IReadOnlyList<string> columns,
        IReadOnlyList<IReadOnlyList<string>> rows,
        int title
    )
    {
        if (width is { } narrow && rows.Count > 0 && WidthOf(columns, rows) > narrow)
        {
            foreach (var row in rows)
            {
                WriteBlock(output, narrow, columns, row, title);
            }
            return;
        }
        var table = new Table { Border = width is null ? TableBorder.None : TableBorder.Rounded };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }
        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(output),
                Ansi = width is null ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = width is null ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = InteractionSupport.No,
            }
        );
        console.Profile.Width = width ?? PipedWidth;
        console.Write(table);
    }

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string End(DateTimeOffset? time) => time is { } end ? Time(end) : "for ever";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string List(IReadOnlyList<string> words) => words.Count == 0 ? Nothing : string.Join(", ", words);

    // What names the row on a line of its own, whole, so that it can be copied; the rest below it, as many cells a line as fit.
    private static void WriteBlock(
        TextWriter output,
        int width,
        IReadOnlyList<string> columns,
        IReadOnlyList<string> row,
        int title
    )
    {
        const string Indent = "  ";
        output.WriteLine(string.Join("  ", row.Take(title)));
        var line = "";
        for (var i = title; i < columns.Count; i++)
        {
            if (row[i] is "" or Nothing)
            {
                continue;
            }
            var cell = columns[i].Length == 0 ? row[i] : $"{columns[i]} {row[i]}";
            if (line.Length > 0 && Indent.Length + line.Length + Between.Length + cell.Length > width)
            {
                CommandText.Write(output, width, Indent, line);
                line = "";
            }
            line = line.Length == 0 ? cell : line + Between + cell;
        }
        if (line.Length > 0)
        {
            CommandText.Write(output, width, Indent, line);
        }
    }

    private static int WidthOf(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var width = 1;
        for (var i = 0; i < columns.Count; i++)
        {
            width += CellFrame + Math.Max(columns[i].Length, rows.Max(row => row[i].Length));
        }
        return width;
    }
}

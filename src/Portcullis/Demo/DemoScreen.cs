using System.Globalization;
using Spectre.Console;

namespace Portcullis.Demo;

/// <summary>Shows the demo as it happens: a live table on a terminal, a line every two seconds elsewhere.</summary>
internal sealed class DemoScreen
{
    private const double LineEvery = 2;
    private const int PlainWidth = 110;

    // Below this width a request line beside the name would wrap every row.
    private const int WidthForRequests = 104;

    private readonly IAnsiConsole _console;
    private readonly TextWriter _plain;
    private readonly bool _isLive;
    private double _nextLine;

    /// <param name="plain">Where lines and the closing table go.</param>
    /// <param name="isLive">True when <paramref name="plain"/> is a terminal.</param>
    public DemoScreen(TextWriter plain, bool isLive)
    {
        _plain = plain;
        _isLive = isLive;
        _console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(plain),
                Ansi = isLive ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = isLive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            }
        );
        if (!isLive)
        {
            // A terminal that takes no escape sequences still has a width; a file has none.
            _console.Profile.Width =
                ReferenceEquals(plain, Console.Out) && !Console.IsOutputRedirected ? Console.WindowWidth : PlainWidth;
        }
    }

    // Never broken at the edge of the terminal: whoever copies a command gets one line.
    public void Say(string line) => _plain.WriteLine(line);

    /// <summary>Runs an act while showing it.</summary>
    public async Task<DemoActResult> ShowAsync(Func<Action<DemoAct, double>, Task<DemoActResult>> play)
    {
        _nextLine = LineEvery;
        if (!_isLive)
        {
            return await play(WriteLine);
        }
        return await _console
            .Live(new Text(""))
            .StartAsync(async live =>
                await play(
                    (act, seconds) =>
                    {
                        live.UpdateTarget(LiveTable(act, seconds));
                        live.Refresh();
                    }
                )
            );
    }

    /// <summary>Both acts side by side.</summary>
    public void ShowResult(DemoResult result)
    {
        var table = NewTable();
        foreach (var heading in (string[])["lost without", "lost with", "refused with", "requests"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }
        foreach (var (without, with) in result.Without.Actors.Zip(result.With.Actors))
        {
            AddRow(
                table,
                with.Name,
                with.Request,
                with.IsAttacker ? $"[red]{Number(without.Lost)}[/]" : "",
                with.IsAttacker ? $"[green]{Number(with.Lost)}[/]" : "",
                Number(with.Refused),
                Number(with.Sent)
            );
        }
        _console.Write(table);
        _console.MarkupLine(
            $"Records lost: [red]{Number(result.Without.Lost)}[/] without, [green]{Number(result.With.Lost)}[/] with. "
                + $"Honest requests refused: {Number(result.With.HonestRefused)} of {Number(result.With.HonestRequests)}."
        );
    }

    private void WriteLine(DemoAct act, double seconds)
    {
        if (seconds >= _nextLine)
        {
            _nextLine += LineEvery;
            var sent = act.Actors.Where(actor => actor.IsAttacker).Sum(actor => actor.Sent);
            var refused = act.Actors.Where(actor => actor.IsAttacker).Sum(actor => actor.Refused);
            var honest = act.Actors.Where(actor => !actor.IsAttacker).Sum(actor => actor.Refused);
            _plain.WriteLine(
                $"  {seconds, 3:0} s  records lost {Number(act.Lost), 7}   attack requests {Number(sent), 7}, refused {Number(refused), 7}   honest refused {honest}"
            );
        }
    }

    private Table LiveTable(DemoAct act, double seconds)
    {
        var isEnforcing = act.Mode == "enforce";
        var table = NewTable().Title($"{(isEnforcing ? "[green]enforcing[/]" : "[red]only watching[/]")}  {seconds:0.0} s");
        foreach (var heading in (string[])["requests", "refused", "records lost"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }
        foreach (var actor in act.Actors)
        {
            AddRow(
                table,
                actor.Name,
                actor.Request,
                Number(actor.Sent),
                Number(actor.Refused),
                actor.Loss is { } loss ? $"[{(isEnforcing ? "green" : "red")}]{Number(loss.Count)}[/]" : ""
            );
        }
        return table;
    }

    private Table NewTable()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Who");
        return HasRoomForRequests ? table.AddColumn("Request") : table;
    }

    private void AddRow(Table table, string who, string request, params string[] cells)
    {
        string[] first = HasRoomForRequests ? [Markup.Escape(who), $"[grey]{Markup.Escape(request)}[/]"] : [Markup.Escape(who)];
        table.AddRow([.. first, .. cells]);
    }

    private bool HasRoomForRequests => _console.Profile.Width >= WidthForRequests;

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}

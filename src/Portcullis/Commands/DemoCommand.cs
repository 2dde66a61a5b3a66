using System.CommandLine;
using System.Reflection;
using Portcullis.Demo;
using Portcullis.Sample.Telecom;

namespace Portcullis.Commands;

/// <summary>Shows in under a minute what the product does: four attacks on a sample API, without and with.</summary>
internal sealed class DemoCommand : PortcullisCommand
{
    private readonly Option<int> _seconds = new("--seconds")
    {
        Description = "Length of each of the two acts, 3 to 50.",
        CustomParser = NumberRange.Of(3, 50),
        DefaultValueFactory = _ => 16,
    };
    private readonly Option<int> _customers = new("--customers")
    {
        Description = "Made-up customers of the sample API, 1,000 to 1,000,000.",
        CustomParser = NumberRange.Of(1_000, 1_000_000),
        DefaultValueFactory = _ => 20_000,
    };
    private readonly Option<string?> _report = new("--report")
    {
        Description =
            "Where the HTML report is written; portcullis-demo.html here, or among the temporary files where this folder takes none.",
    };
    private readonly Option<bool> _keep = new("--keep")
    {
        Description = "Leave API and gateway running afterwards, until Ctrl-C.",
    };

    public DemoCommand()
        : base("demo", "Attack a sample API through the gateway, first watching, then enforcing, and write a report.")
    {
        Add(_seconds);
        Add(_customers);
        Add(_report);
        Add(_keep);
    }

    public override IReadOnlyList<string> Examples =>
        ["portcullis demo", "portcullis demo --keep", "portcullis demo --seconds 5 --report demo.html --json"];

    public override IReadOnlyList<ExitCode> ExitCodes =>
        [
            new(ExitCode.Ok, "done: fewer records were lost with the gateway than without"),
            new(ExitCode.Finding, "done, and the gateway saved nothing"),
            new(ExitCode.BadInput, "a value cannot be used"),
            new(ExitCode.Unreachable, "the report cannot be written there, or nobody can log in at the sample API"),
        ];

    protected override async Task<int> RunAsync(ParseResult input, CommandOutput output, CancellationToken stop)
    {
        var seconds = input.GetValue(_seconds);
        var customers = input.GetValue(_customers);
        var report = DemoReportFile.Choose(input.GetValue(_report));
        // With --json standard output carries the answer alone.
        var screen = new DemoScreen(
            output.IsJson ? output.Error : output.Out,
            isLive: !output.IsJson
                && !Console.IsOutputRedirected
                && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null)
        );
        var time = TimeProvider.System;
        await using var scene = await DemoScene.OpenAsync(customers, time, stop);
        screen.Say(
            $"Telecom API with {customers} made-up customers on {scene.ApiAddress}; four attackers and honest callers around it."
        );
        var without = await scene.PlayAsync("monitor", TimeSpan.FromSeconds(seconds), screen, stop);
        var with = await scene.PlayAsync("enforce", TimeSpan.FromSeconds(seconds), screen, stop);
        var result = new DemoResult(customers, without, with, report.Path);
        report.Write(DemoReport.Render(result, time.GetUtcNow(), Version()));
        if (!output.IsJson)
        {
            screen.ShowResult(result);
        }
        output.Answer(result, CommandJson.Default.DemoResult, text => text.WriteLine($"Report: {report.Path}"));
        if (input.GetValue(_keep))
        {
            await scene.KeepAsync(screen, stop);
        }
        return with.Lost < without.Lost ? ExitCode.Ok : ExitCode.Finding;
    }

    private static string Version() =>
        typeof(DemoCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[
            0
        ];
}

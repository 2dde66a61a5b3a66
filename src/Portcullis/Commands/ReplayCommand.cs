using System.CommandLine;
using System.CommandLine.Parsing;
using Portcullis.Core;
using Portcullis.Drills.Replay;
using Portcullis.Drills.Scenarios;
using Portcullis.Wire;

namespace Portcullis.Commands;

/// <summary>Replays breaches against the real gate and says what would have been lost, without and with it.</summary>
internal sealed class ReplayCommand : PortcullisCommand
{
    private readonly Argument<string[]> _scenarios = new("scenario")
    {
        Description = "Scenario ids (B01, B03 …), folders of your own, all for every id, or several of these.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _variant = new("--variant")
    {
        Description = "One variant; without it all, with the lock-out and the control run. Full scale: b unless given.",
    };

    private readonly Option<ReplayScale> _scale = new("--scale")
    {
        HelpName = "ci|wire|full",
        Description = "ci: thousands of people in seconds. wire: through real sockets. full: B03 at its real counts.",
        CustomParser = KnownWords.ReadOne<ReplayScale>,
    };

    private readonly Option<KnowledgeLevel[]> _knowledge = new("--knowledge")
    {
        Description =
            "What the gateway was told: none, learned, spec, policy. Without it all four; over the wire spec and policy; full scale policy.",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = KnownWords.Read<KnowledgeLevel>,
    };

    private readonly Option<AttackerKind[]> _attacker = new("--attacker")
    {
        Description = "loud, proxies or patient. Without it all three; over the wire and at full scale proxies.",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = KnownWords.Read<AttackerKind>,
    };

    private readonly Option<int> _identities = new("--k")
    {
        Description = "Attacker identities, 1 to 1000.",
        CustomParser = NumberRange.Of(1, 1000),
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "The same seed gives the same run.",
        CustomParser = NumberRange.Of(0UL, ulong.MaxValue),
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int?> _days = new("--days")
    {
        Description = "Full scale only: how many of the 41 days, 1 to 41.",
        CustomParser = result => NumberRange.Read(result, 1, 41),
    };

    private readonly Option<bool> _noRecon = new("--no-recon")
    {
        Description = "Leaves out the attacker's odd calls before the main phase.",
    };

    private readonly Option<AttackOrder?> _order = new("--order")
    {
        HelpName = "sequential|shuffled",
        CustomParser = result => KnownWords.ReadOne<AttackOrder>(result),
        Description = "sequential or shuffled; without it as the scenario says.",
    };

    private readonly Option<double> _honestRate = new("--honest-rate")
    {
        Description = "Honest requests as a multiple of what the scenario says, 0.1 to 10: drift since budgets were chosen.",
        CustomParser = NumberRange.Of(0.1, 10),
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string[]> _without = new("--without")
    {
        Description =
            "Guards that the gate runs without (admission, ownership …), to see what each is worth. At --scale ci alone.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _detail = new("--detail")
    {
        Description = "With --json: also bounds, lock-out lengths, requests by role, what denied honest callers, and the curve.",
    };

    public ReplayCommand()
        : base("replay", "Replay real breaches against the gate and count what was lost.")
    {
        _scenarios.Validators.Add(RefuseOptions);
        Add(_scenarios);
        Add(_variant);
        Add(_scale);
        Add(_knowledge);
        Add(_attacker);
        Add(_identities);
        Add(_seed);
        Add(_days);
        Add(_noRecon);
        Add(_order);
        Add(_honestRate);
        Add(_without);
        Add(_detail);
    }

    public override IReadOnlyList<string> Examples =>
        [
            "portcullis replay all --knowledge spec",
            "portcullis replay B03 --variant c --knowledge policy --k 7",
            "portcullis replay all --scale wire",
            "portcullis replay B03 --scale full",
            "portcullis replay ./my-breach --json",
            "portcullis replay B01 --knowledge spec --without admission",
        ];

    public override IReadOnlyList<ExitCode> ExitCodes =>
        [
            new(ExitCode.Ok, "every promised figure was met"),
            new(ExitCode.Finding, "a promised figure was missed, or its attack gets nothing without a gate either"),
            new(ExitCode.BadInput, "a scenario, variant or option cannot be used; every error is listed"),
            new(ExitCode.Unreachable, "the folder for temporary files cannot be used"),
        ];

    protected override Task<int> RunAsync(ParseResult input, CommandOutput output, CancellationToken stop)
    {
        var options = Asked(input) with
        {
            Stop = stop,
            Wire = new LoopbackWire(),
            Doubt = doubt => output.Error.WriteLine($"warning: {doubt}"),
            Finished = result =>
            {
                stop.ThrowIfCancellationRequested();
                if (!output.IsJson)
                {
                    output.Error.WriteLine($"{result.Scenario} {result.Variant}, {result.Knowledge}, {result.Attacker}: done");
                }
            },
        };
        try
        {
            var results = ReplayRunner.Run(options);
            var json = input.GetValue(_detail) ? ReplayJson.Default.IReadOnlyListReplayResult : ReplayFigures.Json;
            output.Answer(results, json, text => ReplayTable.Write(results, text));
            foreach (var note in output.IsJson ? results.Select(result => result.Detail?.Note).OfType<string>().Distinct() : [])
            {
                output.Error.WriteLine(note);
            }
            return Task.FromResult(
                results.Any(result => result.Met == false || result.IsUntested) ? ExitCode.Finding : ExitCode.Ok
            );
        }
        catch (ScenarioException fault)
        {
            throw CommandFailure.BadInput(fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Unreachable(
                $"{fault.Message.TrimEnd('.')}. A replay keeps its files in {Path.GetTempPath()}: it must be there, be writable and have room; TMPDIR names another folder."
            );
        }
    }

    // A folder's name can begin with a dash, an option mistyped does: `./-name` says which.
    private void RefuseOptions(ArgumentResult scenarios)
    {
        foreach (var word in scenarios.Tokens.Select(token => token.Value).Where(value => value.StartsWith('-')))
        {
            var nearest = MessageText.Nearest(word, Options.Select(option => option.Name));
            scenarios.AddError($"unknown option '{word}'." + (nearest is null ? "" : $" Did you mean '{nearest}'?"));
        }
    }

    /// <summary>What a scale cannot follow is refused: a figure that ignored it would be taken for another.</summary>
    private void CheckScale(ParseResult input, ReplayScale scale)
    {
        if (scale != ReplayScale.Full)
        {
            if (input.GetValue(_days) is not null)
            {
                throw CommandFailure.BadInput("--days: goes with --scale full alone.");
            }
            return;
        }
        foreach (var option in new Option[] { _noRecon, _order, _honestRate })
        {
            if (input.GetResult(option) is { Implicit: false })
            {
                throw CommandFailure.BadInput($"{option.Name}: --scale full repeats B03 as it was and knows no such change.");
            }
        }
        if (input.GetValue(_knowledge) is { Length: > 1 })
        {
            throw CommandFailure.BadInput("--knowledge: --scale full runs one level at a time.");
        }
        if (input.GetValue(_attacker) is { } attackers && attackers.Any(attacker => attacker != AttackerKind.Proxies))
        {
            throw CommandFailure.BadInput("--attacker: --scale full has the attacker proxies and no other.");
        }
    }

    private ReplayOptions Asked(ParseResult input)
    {
        var options = new ReplayOptions
        {
            Variant = input.GetValue(_variant),
            Recon = !input.GetValue(_noRecon),
            Order = input.GetValue(_order),
            HonestRate = input.GetValue(_honestRate),
            Without = input.GetValue(_without) ?? [],
            Scale = input.GetValue(_scale),
            Identities = input.GetValue(_identities),
            Seed = input.GetValue(_seed),
            FullJournal = ReplayJournal.Open,
            Days = input.GetValue(_days),
        };
        CheckScale(input, options.Scale);
        if (options.Scale == ReplayScale.Wire)
        {
            // A cell over sockets takes many times as long as in process: the ones with promises, unless more are asked for.
            options = options with
            {
                Knowledge = [KnowledgeLevel.Spec, KnowledgeLevel.Policy],
                Attackers = [AttackerKind.Proxies],
            };
        }
        if (input.GetValue(_scenarios) is { Length: > 0 } scenarios)
        {
            options = options with { Scenarios = scenarios };
        }
        if (input.GetValue(_knowledge) is { Length: > 0 } knowledge)
        {
            options = options with { Knowledge = knowledge };
        }
        return input.GetValue(_attacker) is { Length: > 0 } attackers ? options with { Attackers = attackers } : options;
    }
}

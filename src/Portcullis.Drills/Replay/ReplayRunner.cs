using Portcullis.Drills.Oracle;
using Portcullis.Drills.Replay.Full;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>Replays scenarios against the real gate, cell by cell.</summary>
public static class ReplayRunner
{
    private const string FullVariant = "b";

    // Each takes some hundred megabytes.
    private const int MostAtOnce = 4;

    /// <exception cref="ScenarioException">A scenario cannot be found or read, or the variant does not exist.</exception>
    public static IReadOnlyList<ReplayResult> Run(ReplayOptions options)
    {
        var results = new List<ReplayResult>();
        GuardedRun.CheckWithout(options);
        var scenarios = Load(options);
        if (options.Scale == ReplayScale.Full)
        {
            return [RunFull(scenarios, options)];
        }
        foreach (var scenario in scenarios)
        {
            CheckIdentities(scenario, options);
        }
        var doubts = new ReplayDoubts(options.Doubt);
        var cells = scenarios
            .SelectMany(scenario => Cells(scenario, options).Select(cell => (Scenario: scenario, Cell: cell)))
            .ToArray();
        // Each has a world, a gate and an oracle of its own.
        Func<ReplayResult>[] work = [.. cells.Select(one => (Func<ReplayResult>)(() => Run(one.Scenario, one.Cell, options)))];
        foreach (var result in SideBySide.Run(work, Math.Min(Environment.ProcessorCount, MostAtOnce)))
        {
            options.Finished?.Invoke(result);
            doubts.Weigh(cells[results.Count].Scenario, result);
            results.Add(result);
        }
        return results;
    }

    private static ReplayResult Run(Scenario scenario, Cell cell, ReplayOptions options)
    {
        var index = new ValueIndex(new World(scenario, options.Seed).Population, scenario);
        return new CellRun(new World(scenario, options.Seed), index, cell, options).Run();
    }

    // One incident has published counts and a pace that a machine can repeat; one variant of it at a time.
    private static ReplayResult RunFull(IReadOnlyList<Scenario> scenarios, ReplayOptions options)
    {
        if (scenarios is not [{ Id: "B03", IsBuiltIn: true } scenario])
        {
            throw new ScenarioException([
                "--scale full replays the B03 that comes with the product alone, with people and paths of its own: `portcullis replay B03 --scale full`. Folders run at ci and wire.",
            ]);
        }
        var variant = options.Variant ?? FullVariant;
        var knowledge = options.Knowledge.Count == 1 ? options.Knowledge[0] : KnowledgeLevel.Policy;
        if (knowledge == KnowledgeLevel.Learned)
        {
            throw new ScenarioException(["--scale full has no learning week; choose none, spec or policy."]);
        }
        var shape = scenario.Variant(variant)!;
        if (shape.Aim != AttackAim.Records)
        {
            throw new ScenarioException([$"--scale full has no variant '{variant}': it repeats who was after records."]);
        }
        var cell = new Cell(variant, shape, knowledge, AttackerKind.Proxies);
        using var run = new FullRun(new World(scenario, options.Seed), cell, options);
        var result = run.Run();
        options.Finished?.Invoke(result);
        return result;
    }

    /// <summary>The scenarios asked for, all read before the first runs.</summary>
    public static IReadOnlyList<Scenario> Load(ReplayOptions options)
    {
        var folders = options
            .Scenarios.SelectMany(name =>
                name.Equals("all", StringComparison.OrdinalIgnoreCase) ? ScenarioFolder.BuiltIn : [name]
            )
            .Select(ScenarioFolder.Open)
            .DistinctBy(folder => folder.Name);
        Scenario[] scenarios = [.. folders.Select(folder => Drift(ScenarioLoader.Load(folder), options.HonestRate))];
        if (options.Variant is { } variant && scenarios.All(scenario => scenario.Variant(variant) is null))
        {
            var known = scenarios.SelectMany(scenario => scenario.Variants.Select(pair => pair.Key)).Distinct().ToArray();
            throw new ScenarioException([
                $"No scenario has a variant '{variant}'; there are {string.Join(", ", known)}.{ScenarioNode.Hint(variant, known)}",
            ]);
        }
        Array.ForEach(scenarios, DrillPolicy.Check);
        return scenarios;
    }

    // With more contracts the attacker would act as honest customers do, and then as people who do not exist.
    private static void CheckIdentities(Scenario scenario, ReplayOptions options)
    {
        var most = new World(scenario, options.Seed).MostContracts;
        if (options.Identities > most && Cells(scenario, options).Any(cell => cell.Shape.Held == CredentialKind.Customer))
        {
            throw new ScenarioException([
                $"--k {options.Identities}: beside its honest customers {scenario.Id} has room for {most} attackers who are customers; choose 1 to {most}, or more people in {scenario.Folder}/scenario.yaml.",
            ]);
        }
    }

    private static Scenario Drift(Scenario scenario, double rate) =>
        rate == 1
            ? scenario
            : scenario with
            {
                Roles =
                [
                    .. scenario.Roles.Select(role =>
                        role with
                        {
                            PerDay = role.PerDay * rate,
                            PerDayMost = role.PerDayMost * rate,
                        }
                    ),
                ],
            };

    private static IEnumerable<Cell> Cells(Scenario scenario, ReplayOptions options)
    {
        foreach (var (name, shape) in scenario.Variants)
        {
            foreach (var knowledge in options.Variant is null || name == options.Variant ? options.Knowledge : [])
            {
                // Without attacker there is nothing that pace could change.
                var attackers = shape.Aim == AttackAim.Control ? options.Attackers.Take(1) : options.Attackers;
                foreach (var attacker in attackers)
                {
                    var walked = shape with { Recon = options.Recon ? shape.Recon : 0, Order = options.Order ?? shape.Order };
                    yield return new Cell(name, walked, knowledge, attacker);
                }
            }
        }
    }
}

using Portcullis.Drills.Oracle;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>Replays scenarios against the real gate, cell by cell.</summary>
public static class ReplayRunner
{
    /// <exception cref="ScenarioException">A scenario cannot be found or read, or the variant does not exist.</exception>
    public static IReadOnlyList<ReplayResult> Run(ReplayOptions options)
    {
        var results = new List<ReplayResult>();
        foreach (var scenario in Load(options))
        {
            var world = new World(scenario, options.Seed);
            var index = new ValueIndex(world.Population, scenario);
            foreach (var cell in Cells(scenario, options))
            {
                var result = new CellRun(new World(scenario, options.Seed), index, cell, options).Run();
                options.Finished?.Invoke(result);
                results.Add(result);
            }
        }
        return results;
    }

    /// <summary>The scenarios asked for, all read before the first runs.</summary>
    public static IReadOnlyList<Scenario> Load(ReplayOptions options)
    {
        var names = options.Scenarios.Any(name => name.Equals("all", StringComparison.OrdinalIgnoreCase))
            ? ScenarioFolder.BuiltIn
            : options.Scenarios;
        Scenario[] scenarios = [.. names.Select(name => ScenarioLoader.Load(ScenarioFolder.Open(name)))];
        if (options.Variant is { } variant && scenarios.All(scenario => scenario.Variant(variant) is null))
        {
            var known = scenarios.SelectMany(scenario => scenario.Variants.Select(pair => pair.Key)).Distinct().ToArray();
            throw new ScenarioException([
                $"No scenario has a variant '{variant}'; there are {string.Join(", ", known)}.{ScenarioNode.Hint(variant, known)}",
            ]);
        }
        return scenarios;
    }

    private static IEnumerable<Cell> Cells(Scenario scenario, ReplayOptions options)
    {
        foreach (var (name, shape) in scenario.Variants)
        {
            var isAskedFor = options.Variant is null ? shape.Aim != AttackAim.Lockout : name == options.Variant;
            foreach (var knowledge in isAskedFor ? options.Knowledge : [])
            {
                // Without attacker there is nothing that pace could change.
                var attackers = shape.Aim == AttackAim.Control ? options.Attackers.Take(1) : options.Attackers;
                foreach (var attacker in attackers)
                {
                    yield return new Cell(name, shape, knowledge, attacker);
                }
            }
        }
    }
}

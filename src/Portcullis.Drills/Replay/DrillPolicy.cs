using System.Collections.Frozen;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Policy;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Traffic;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>
/// The folder an operator would have at one knowledge level (policy, contract, token key), loaded as the product loads it. It names
/// upstreams, operations and fields; nothing of the attacker.
/// </summary>
internal sealed class DrillPolicy : IDisposable
{
    private const string FileName = "portcullis.yaml";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portcullis-drill-");
    private readonly World _world;
    private readonly KnowledgeLevel _knowledge;

    public DrillPolicy(World world, KnowledgeLevel knowledge)
    {
        _world = world;
        _knowledge = knowledge;
        Write("openapi.yaml", world.Scenario.Contract);
        System.IO.File.WriteAllBytes(Path.Combine(Folder, "token.key"), world.Mint.Secret);
        Write(FileName, Text(knowledge == KnowledgeLevel.Learned ? "monitor" : "enforce"));
    }

    public string File => Path.Combine(Folder, FileName);

    private string Folder => _folder.FullName;

    /// <summary>Opens the gate's state with the policy in force.</summary>
    /// <exception cref="ScenarioException">The policy or the contract is wrong.</exception>
    public GateState OpenState(KeyRing keys, IJournal journal, GateClock clock)
    {
        var nothing = new PolicySnapshot { UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty };
        var state = new GateState(nothing, keys, journal, clock, NoFindings.Instance);
        state.Use(Load(state));
        return state;
    }

    /// <summary>The learning week is over: what the product proposes is added, and everything enforces.</summary>
    /// <param name="state">The gate that monitored.</param>
    /// <param name="proposed">Operation index and daily limit of distinct people per caller.</param>
    public void Enforce(GateState state, IEnumerable<(int Operation, int Limit)> proposed)
    {
        Rewrite(state.Operations, proposed);
        state.Use(Load(state));
    }

    /// <summary>Writes the policy that <see cref="Enforce"/> puts in force.</summary>
    public void Rewrite(OperationRegistry known, IEnumerable<(int Operation, int Limit)> proposed)
    {
        var operations = new StringBuilder("operations:\n");
        var budgets = new StringBuilder("budgets:\n");
        var count = 0;
        foreach (var (index, limit) in proposed)
        {
            var operation = known.All[index];
            if (operation.Method == "*" || operation.Method == "OPTIONS")
            {
                continue;
            }
            operations.Append($"  \"{operation.Id}\": {{ undeclared: true }}\n");
            budgets.Append($"  - {{ name: proposed-{count++}, operations: [\"{operation.Id}\"], limit: {limit}, window: 1d }}\n");
        }
        Write(FileName, Text("enforce") + (count == 0 ? "" : operations.Append(budgets).ToString()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private PolicySnapshot Load(GateState state)
    {
        var loaded = new PolicyLoader().Load(Path.Combine(Folder, FileName), [], state.Operations);
        return loaded.Snapshot
            ?? throw new ScenarioException([
                .. loaded.Errors.Select(error =>
                    $"{_world.Scenario.Id}/{Path.GetFileName(error.Origin.Source)}:{error.Origin.Line}: {error.Path}: {error.Message} {error.Remedy}"
                ),
            ]);
    }

    private void Write(string file, string text) =>
        System.IO.File.WriteAllText(Path.Combine(Folder, file), text, new UTF8Encoding(false));

    private string Text(string mode)
    {
        var text = new StringBuilder();
        text.Append($"version: 1\nmode: {mode}\nupstreams:\n  - name: api\n    address: http://127.0.0.1:9\n");
        if (_knowledge >= KnowledgeLevel.Spec)
        {
            // The hosts of the contract, and who signs tokens: what an operator knows of an API that is documented.
            text.Append("    contract: openapi.yaml\n    hosts:\n");
            foreach (var host in _world.Scenario.Operations.Select(operation => operation.Host).Distinct())
            {
                text.Append($"      - {host}\n");
            }
            text.Append("identity:\n  jwt:\n");
            text.Append(
                $"    - {{ issuer: \"{TokenMint.Issuer}\", audience: [{TokenMint.Audience}], key: token.key, algorithms: [HS256] }}\n"
            );
        }
        if (_knowledge == KnowledgeLevel.Policy)
        {
            text.Append(_world.Scenario.Policy);
        }
        return text.ToString();
    }
}

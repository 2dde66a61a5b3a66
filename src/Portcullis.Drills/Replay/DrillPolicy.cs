using System.Collections.Frozen;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Policy;
using Portcullis.Core.Policy.Compiling;
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

    /// <summary>Loads contract and policy of a scenario as a gate would, before anything runs.</summary>
    /// <exception cref="ScenarioException">One of them is wrong; carries every error with its place.</exception>
    public static void Check(Scenario scenario)
    {
        using var policy = new DrillPolicy(new World(scenario, 0), KnowledgeLevel.Policy);
        var clock = new GateClock(new VirtualClock());
        policy.OpenState(new KeyRing(1, new byte[KeyRing.SecretSize]), new NullJournal(), clock);
    }

    /// <summary>Opens the gate's state with the policy in force.</summary>
    /// <exception cref="ScenarioException">The policy or the contract is wrong.</exception>
    public GateState OpenState(KeyRing keys, IJournal journal, GateClock clock)
    {
        var state = NoState(keys, journal, clock);
        state.Use(Load(state));
        return state;
    }

    /// <summary>The state of a gate that serves nothing yet.</summary>
    public static GateState NoState(KeyRing keys, IJournal journal, GateClock clock) =>
        new(
            new PolicySnapshot { UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty },
            keys,
            journal,
            clock,
            NoFindings.Instance
        );

    /// <summary>Writes the policy anew with proposed budgets beside what was written before.</summary>
    /// <param name="known">The gate's operations.</param>
    /// <param name="proposed">By operation index, the daily limit of distinct people per caller; null for none.</param>
    public void Propose(OperationRegistry known, IReadOnlyDictionary<int, int?> proposed)
    {
        var operations = new StringBuilder("operations:\n");
        var budgets = new StringBuilder("budgets:\n");
        var count = 0;
        foreach (var (index, limit) in proposed)
        {
            if (limit is not null)
            {
                var operation = known.All[index];
                operations.Append($"  \"{operation.Id}\": {{ undeclared: true }}\n");
                budgets.Append(
                    $"  - {{ name: proposed-{index}, operations: [\"{operation.Id}\"], limit: {limit}, window: 1d }}\n"
                );
                count++;
            }
        }
        Write(FileName, Text("monitor") + (count == 0 ? "" : operations.Append(budgets).ToString()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>What is written now, compiled.</summary>
    /// <exception cref="ScenarioException">It is wrong.</exception>
    public PolicySnapshot Load(GateState state)
    {
        var loaded = new PolicyLoader().Load(Path.Combine(Folder, FileName), [], state.Operations);
        return loaded.Snapshot
            ?? throw new ScenarioException([
                .. loaded.Errors.Select(error =>
                    $"{_world.Scenario.Folder}/{Place(error.Origin)}: {error.Path}: {error.Message} {error.Remedy}"
                ),
            ]);
    }

    // What the scenario's author wrote stands at the end of what is loaded.
    private string Place(PolicyOrigin origin)
    {
        var file = Path.GetFileName(origin.Source);
        var before = Head("enforce").Count(c => c == '\n');
        return file == FileName && origin.Line > before ? $"policy.yaml:{origin.Line - before}" : $"{file}:{origin.Line}";
    }

    private void Write(string file, string text) =>
        System.IO.File.WriteAllText(Path.Combine(Folder, file), text, new UTF8Encoding(false));

    private string Text(string mode) => Head(mode) + (_knowledge == KnowledgeLevel.Policy ? _world.Scenario.Policy : "");

    private string Head(string mode)
    {
        var text = new StringBuilder();
        text.Append($"version: 1\nmode: {mode}\nupstreams:\n  - name: api\n    address: http://127.0.0.1:9\n");
        if (_knowledge >= KnowledgeLevel.Spec)
        {
            // The hosts of the contract's servers, and who signs tokens: what an operator knows of an API that is documented.
            text.Append("    contract: openapi.yaml\n");
            if (ContractHosts.Of(_world.Scenario.Contract) is { Count: > 0 } hosts)
            {
                text.Append($"    hosts: [{string.Join(", ", hosts.Select(host => $"\"{host}\""))}]\n");
            }
            text.Append("identity:\n  jwt:\n");
            text.Append(
                $"    - {{ issuer: \"{TokenMint.Issuer}\", audience: [{TokenMint.Audience}], key: token.key, algorithms: [HS256] }}\n"
            );
        }
        return text.ToString();
    }
}

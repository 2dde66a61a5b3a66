using System.Collections.Frozen;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;
using Portcullis.Core.Traffic.Routing;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>The policy of one knowledge level, built as the product builds it.</summary>
internal sealed class DrillPolicy : IDisposable
{
    private readonly KnowledgeLevel _knowledge;

    public DrillPolicy(World world, KnowledgeLevel knowledge)
    {
        _ = world;
        _knowledge = knowledge;
        Folder = "";
    }

    public string Folder { get; }

    public GateState OpenState(KeyRing keys, IJournal journal, GateClock clock) =>
        new(Compile(), keys, journal, clock, NoFindings.Instance);

    public void Enforce(GateState state) => state.Use(Compile());

    public void Dispose() { }

    private PolicySnapshot Compile() =>
        new()
        {
            Mode = _knowledge == KnowledgeLevel.Learned ? Mode.Monitor : Mode.Enforce,
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
        };
}

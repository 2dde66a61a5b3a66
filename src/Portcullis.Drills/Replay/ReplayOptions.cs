using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;
using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Replay;

/// <summary>Which cells a replay runs.</summary>
public sealed record ReplayOptions
{
    /// <summary>Ids or folders; <c>all</c> for every built-in scenario.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = ["all"];

    /// <summary>One variant; null for all variants with an attacker after records, and the control run.</summary>
    public string? Variant { get; init; }

    public ReplayScale Scale { get; init; } = ReplayScale.Ci;

    /// <summary>Knowledge levels; all four unless set.</summary>
    public IReadOnlyList<KnowledgeLevel> Knowledge { get; init; } = Enum.GetValues<KnowledgeLevel>();

    /// <summary>Attackers; all three unless set.</summary>
    public IReadOnlyList<AttackerKind> Attackers { get; init; } = Enum.GetValues<AttackerKind>();

    /// <summary>Attacker identities, 1 or more.</summary>
    public int Identities { get; init; } = 1;

    /// <summary>False leaves out the attacker's odd calls before the main phase.</summary>
    public bool Recon { get; init; } = true;

    /// <summary>In which order people are walked; as the scenario says unless set.</summary>
    public AttackOrder? Order { get; init; }

    /// <summary>Honest requests as a multiple of what the scenario says, 0.1 to 10: traffic that drifted since budgets were chosen.</summary>
    public double HonestRate { get; init; } = 1;

    /// <summary>Ids of guards that the gate runs without, to see what each is worth.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];

    /// <summary>The same seed gives the same run, byte for byte.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Days of a full-scale run; all 41 unless set.</summary>
    public int? Days { get; init; }

    /// <summary>Where the gate's records go; null keeps none.</summary>
    public Func<GateClock, IJournal>? Journal { get; init; }

    /// <summary>Opens the journal of a full-scale run; null writes every record and keeps none.</summary>
    public Func<IReplayJournal>? FullJournal { get; init; }

    /// <summary>Opens a way through real sockets; needed at <see cref="ReplayScale.Wire"/>.</summary>
    public IWire? Wire { get; init; }

    /// <summary>Ends the run between two requests.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Told, once each, what makes figures say less than they seem to; may be null.</summary>
    public Action<string>? Doubt { get; init; }

    /// <summary>Told of each finished cell; may be null.</summary>
    public Action<ReplayResult>? Finished { get; init; }
}

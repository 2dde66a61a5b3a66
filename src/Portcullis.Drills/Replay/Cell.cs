using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Replay;

/// <summary>One combination that a replay runs.</summary>
/// <param name="Variant">Name of the variant.</param>
/// <param name="Shape">Its attack.</param>
/// <param name="Knowledge">What the gateway was told.</param>
/// <param name="Attacker">How the attacker paces and spreads.</param>
public sealed record Cell(string Variant, AttackShape Shape, KnowledgeLevel Knowledge, AttackerKind Attacker);

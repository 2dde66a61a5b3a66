using Portcullis.Core.Decisions;

namespace Portcullis.Drills.Simulator;

/// <summary>What reached the client. Reused from answer to answer.</summary>
public sealed class SimulatedAnswer
{
    public int Status { get; set; }

    public string ContentType { get; set; } = "application/json";

    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>What the gate did to it; Allow when there is none.</summary>
    public VerdictKind Verdict { get; set; }

    /// <summary>The rule that spoke, or null.</summary>
    public string? Rule { get; set; }

    public void Clear()
    {
        Status = 0;
        ContentType = "application/json";
        Body = default;
        Verdict = VerdictKind.Allow;
        Rule = null;
    }
}

using Portcullis.Core.Traffic;

namespace Portcullis.Drills.Replay;

/// <summary>A running pair of gateway and upstream.</summary>
public interface IGuardedWireRun : IWireRun
{
    /// <summary>What the gateway has learned to know.</summary>
    OperationRegistry Operations { get; }

    /// <summary>What the gateway proposes after watching: operation index and daily limit of distinct people per caller.</summary>
    IReadOnlyList<(int Operation, int Limit)> Proposed();

    /// <summary>Puts the changed policy file in force.</summary>
    /// <exception cref="Scenarios.ScenarioException">It is wrong.</exception>
    void Reload();
}

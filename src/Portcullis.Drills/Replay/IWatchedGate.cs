using Portcullis.Core.Traffic;

namespace Portcullis.Drills.Replay;

/// <summary>A gate as whoever runs it sees it: what it knows, what it advises, and its switches. In process, or a whole gateway.</summary>
public interface IWatchedGate
{
    /// <summary>What it has learned to know.</summary>
    OperationRegistry Operations { get; }

    /// <summary>What it says of each operation after watching.</summary>
    IReadOnlyList<ReadyOperation> Ready();

    /// <summary>Switches one operation to enforce.</summary>
    void Promote(int operation, string why);

    /// <summary>Puts the changed policy file in force.</summary>
    /// <exception cref="Scenarios.ScenarioException">It is wrong.</exception>
    void Reload();
}

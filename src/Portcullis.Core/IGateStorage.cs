using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>
/// Keeps a gate's memory beyond its process. Used in this order: a <see cref="GateState"/> on <see cref="Keys"/>, <see cref="Journal"/> and
/// <see cref="NewClock"/>; <see cref="Restore"/>; the policy compiled against the state's operations; <see cref="RestoreBudgets"/>;
/// <see cref="Start"/>. Disposed when no exchange is under way any more.
/// </summary>
public interface IGateStorage : IDisposable
{
    /// <summary>Keys for everything personal.</summary>
    KeyRing Keys { get; }

    /// <summary>Where the gate's records go.</summary>
    IJournal Journal { get; }

    /// <summary>The gate's clock, which goes on from the latest record.</summary>
    /// <param name="time">Source of all time; null for the storage's own.</param>
    GateClock NewClock(TimeProvider? time = null);

    /// <summary>Puts back operations, names, callers, restrictions, mode switches, revocations and links.</summary>
    void Restore(GateState state);

    /// <summary>Puts used budgets back, as the budgets of the policy that will be in force add them up.</summary>
    void RestoreBudgets(GateState state, PolicySnapshot policy);

    /// <summary>Starts filling the stores in the background.</summary>
    void Start();
}

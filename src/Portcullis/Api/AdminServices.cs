using Portcullis.Analysis.Exposures;
using Portcullis.Core;

namespace Portcullis.Api;

/// <summary>What the admin API speaks about and for whom it opens.</summary>
/// <param name="State">The gate's memory.</param>
/// <param name="Ledger">Questions to what was recorded.</param>
/// <param name="Token">Who may ask.</param>
internal sealed record AdminServices(GateState State, ILedger Ledger, AdminToken Token)
{
    /// <summary>How many exchanges could not be recorded since start.</summary>
    public Func<long> JournalFailures { get; init; } = static () => 0;

    /// <summary>
    /// Host names under which operators reach the admin address, besides localhost and IP addresses. A web page of a stranger can make a
    /// browser send requests here only under a name of his own (DNS rebinding), so no other name is answered.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}

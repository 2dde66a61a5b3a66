using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;

namespace Portcullis.AspNetCore;

/// <summary>What an application says about the gate inside it.</summary>
public sealed class PortcullisOptions
{
    /// <summary>The policy, as for the gateway; relative paths start in the current folder. Its addresses and data folder play no part.</summary>
    public string PolicyFile { get; set; } = "portcullis.yaml";

    /// <summary>
    /// Where records go: nowhere unless set. It is not read back; to go on after a restart with what was counted before, restore a
    /// <see cref="Core.GateState"/> from storage and add the gate over that.
    /// </summary>
    public IJournal Journal { get; set; } = new NullJournal();

    /// <summary>Keys for everything personal; random unless set, which a journal that outlives the process cannot do with.</summary>
    public KeyRing Keys { get; set; } = KeyRing.CreateRandom();

    /// <summary>Where faults are reported; nowhere unless set.</summary>
    public IFindings Findings { get; set; } = NoFindings.Instance;

    /// <summary>Source of all time; the system's unless set.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}

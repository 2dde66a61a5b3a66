using Portcullis.Core;
using Portcullis.Core.Decisions;

namespace Portcullis.AspNetCore;

/// <summary>What an application says about the gate inside it.</summary>
public sealed class PortcullisOptions
{
    /// <summary>The policy, as for the gateway; relative paths start in the current folder. Its addresses and data folder play no part.</summary>
    public string PolicyFile { get; set; } = "portcullis.yaml";

    /// <summary>
    /// Where the gate's memory is kept. Null forgets everything when the process ends. The application disposes it, once it serves no more.
    /// </summary>
    public IGateStorage? Storage { get; set; }

    /// <summary>Where faults are reported; nowhere unless set.</summary>
    public IFindings Findings { get; set; } = NoFindings.Instance;

    /// <summary>Source of all time; the system's unless set.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}

namespace Portcullis.Core.Policy;

/// <summary>What happens when a guard faults, times out or lacks memory, disk or a key.</summary>
public enum FailureWord : byte
{
    /// <summary>Refuse. The default, and the only word where personal data leaves.</summary>
    Closed = 0,

    /// <summary>Let pass, with a finding.</summary>
    Open = 1,
}

namespace Portcullis.Core.Contracts;

/// <summary>What becomes of requests and answers that break the contract.</summary>
public enum ContractWord : byte
{
    /// <summary>Refused, where the operation's mode enforces.</summary>
    Enforce = 0,

    /// <summary>Recorded only.</summary>
    Observe = 1,

    /// <summary>Not looked at.</summary>
    Off = 2,
}

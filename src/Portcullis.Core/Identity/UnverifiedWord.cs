namespace Portcullis.Core.Identity;

/// <summary>What becomes of personal data for a credential that only the upstream can judge and has not vouched for.</summary>
public enum UnverifiedWord : byte
{
    /// <summary>Refused with 401.</summary>
    Refuse = 0,

    /// <summary>Passes, counted on the caller's network and on the anonymous pool.</summary>
    Count = 1,
}

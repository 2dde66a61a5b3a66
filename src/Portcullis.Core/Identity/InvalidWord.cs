namespace Portcullis.Core.Identity;

/// <summary>What becomes of a credential that is present and invalid.</summary>
public enum InvalidWord : byte
{
    /// <summary>Refused with 401, except on operations declared public.</summary>
    Refuse = 0,

    /// <summary>Treated as if it were not there.</summary>
    Anonymous = 1,
}

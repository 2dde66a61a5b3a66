namespace Portcullis.Drills.Scenarios;

/// <summary>What an attacker is after.</summary>
public enum AttackAim
{
    /// <summary>Records.</summary>
    Records,

    /// <summary>To spend honest callers' access, so that they are refused.</summary>
    Lockout,

    /// <summary>Nothing: there is no attacker.</summary>
    Control,
}

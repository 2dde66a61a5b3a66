namespace Portcullis.Drills.Scenarios;

/// <summary>Whose records a role asks for.</summary>
public enum Whom
{
    /// <summary>The caller's own, sometimes one of the family's.</summary>
    Own,

    /// <summary>Anybody's.</summary>
    Anybody,

    /// <summary>A fixed set of people that belongs to the caller.</summary>
    Customers,
}

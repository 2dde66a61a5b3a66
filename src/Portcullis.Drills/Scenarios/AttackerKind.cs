namespace Portcullis.Drills.Scenarios;

/// <summary>How an attacker paces and spreads the requests.</summary>
public enum AttackerKind
{
    /// <summary>One address for each identity, at full rate.</summary>
    Loud,

    /// <summary>Addresses rotate.</summary>
    Proxies,

    /// <summary>Below every usual limit, over many days.</summary>
    Patient,
}

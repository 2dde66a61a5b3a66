namespace Portcullis.Drills.Scenarios;

/// <summary>One variant of the attack, all of it: what the scenario says with the variant's own words laid over.</summary>
public sealed record AttackShape
{
    public required AttackAim Aim { get; init; }

    /// <summary>Operation walked.</summary>
    public required string Operation { get; init; }

    /// <summary>Host it is walked on, when that is another than the honest callers'.</summary>
    public string? Host { get; init; }

    /// <summary>By which value people are asked for.</summary>
    public required PersonValue By { get; init; }

    public required int Requests { get; init; }

    public required double PerSecond { get; init; }

    public required AttackOrder Order { get; init; }

    /// <summary>Share of guesses that name somebody.</summary>
    public required double Hits { get; init; }

    public required CredentialKind Credential { get; init; }

    /// <summary>The credential its identities hold: whoever wants others refused has a customer's at least.</summary>
    public CredentialKind Held =>
        Aim == AttackAim.Lockout && Credential == CredentialKind.None ? CredentialKind.Customer : Credential;

    /// <summary>Addresses the rotating attacker has.</summary>
    public required int Addresses { get; init; }

    /// <summary>Seconds until an address is given up.</summary>
    public required double AddressLife { get; init; }

    /// <summary>Odd calls in the days before.</summary>
    public required int Recon { get; init; }

    /// <summary>What the upstream still verifies on the operation walked: the hole.</summary>
    public required UpstreamCheck UpstreamStillChecks { get; init; }
}

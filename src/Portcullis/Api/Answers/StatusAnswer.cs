namespace Portcullis.Api.Answers;

/// <summary>How the gateway is doing.</summary>
internal sealed record StatusAnswer
{
    public required string Version { get; init; }

    /// <summary>The policy's mode: monitor or enforce. Single operations may differ.</summary>
    public required string Mode { get; init; }

    public required string Policy { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<string> Upstreams { get; init; }

    public required int Operations { get; init; }

    /// <summary>Operations that are enforced now.</summary>
    public required int Enforced { get; init; }

    /// <summary>Operations known to return personal data.</summary>
    public required int Personal { get; init; }

    /// <summary>Identities remembered.</summary>
    public required int Callers { get; init; }

    public required int Restrictions { get; init; }

    public required int Allowances { get; init; }

    /// <summary>Operations under a bypass that ends by itself.</summary>
    public required int Bypasses { get; init; }

    /// <summary>Records in the journal.</summary>
    public required long Journal { get; init; }

    /// <summary>How many of them the ledger has taken in.</summary>
    public required long Ledger { get; init; }

    /// <summary>Bytes of all journal files.</summary>
    public required long JournalBytes { get; init; }

    /// <summary>Most bytes they may have; then the journal counts as one that cannot be written.</summary>
    public required long JournalLimit { get; init; }

    /// <summary>Exchanges that could not be recorded since start; each was answered by the policy's onJournalFailure.</summary>
    public required long JournalFailures { get; init; }

    /// <summary>The stores that follow the journal.</summary>
    public required IReadOnlyList<StoreAnswer> Stores { get; init; }

    /// <summary>The latest answers that left without being read, at most five.</summary>
    public required IReadOnlyList<UnmeasuredAnswer> Unmeasured { get; init; }
}

using Portcullis.Core.Traffic;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>What a policy is compiled against.</summary>
public sealed record PolicyContext
{
    /// <summary>Folder that relative paths of the policy start from.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Operations of the gate; they keep their identity over reloads.</summary>
    public required OperationRegistry Operations { get; init; }

    /// <summary>Reads the contract at a path.</summary>
    public required Func<string, ContractReading> ReadContract { get; init; }

    /// <summary>Data classes by id, one bit each.</summary>
    public required IReadOnlyDictionary<string, ulong> DataClasses { get; init; }

    /// <summary>Hash of everything the policy was made from.</summary>
    public string Version { get; init; } = "code";
}

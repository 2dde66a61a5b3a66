using Portcullis.Core.Contracts;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>What the policy takes from one operation of a contract.</summary>
public sealed record ContractOperation
{
    /// <summary>HTTP method, upper case.</summary>
    public required string Method { get; init; }

    public required string Template { get; init; }

    /// <summary>True when the contract asks for credentials.</summary>
    public bool RequiresAuthentication { get; init; }

    /// <summary>True for logins and the like, which callers without credentials must reach.</summary>
    public bool IsLoginLike { get; init; }

    /// <summary>Its validators; null for none.</summary>
    public ContractPlan? Plan { get; init; }

    /// <summary>Data classes of its answers, one bit each.</summary>
    public ulong Classes { get; init; }

    /// <summary>True when request bodies must be held to be judged.</summary>
    public bool ReadsRequestBody { get; init; }
}

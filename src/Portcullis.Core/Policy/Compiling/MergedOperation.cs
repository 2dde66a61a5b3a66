using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>One operation of one upstream, as contract and policy together declare it.</summary>
internal sealed class MergedOperation
{
    public required UpstreamDraft Upstream { get; init; }

    /// <summary>HTTP method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The contract's template where it has one, else the policy's.</summary>
    public required string Template { get; init; }

    /// <summary>Null when only the policy declares it.</summary>
    public ContractOperation? Contract { get; init; }

    /// <summary>What the policy says; null when only the contract declares it.</summary>
    public OperationOptions? Options { get; set; }

    /// <summary>The policy's key of it, and its names of the parameters.</summary>
    public string Path { get; set; } = "";

    public string[] ParameterNames { get; set; } = [];

    public string Id => $"{Method} {Template}";

    /// <summary>Method and template with nameless parameters: what tells operations apart.</summary>
    public string Shape { get; init; } = "";
}

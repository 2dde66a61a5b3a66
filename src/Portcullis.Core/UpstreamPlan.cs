namespace Portcullis.Core;

/// <summary>An API behind the gateway, compiled.</summary>
public sealed record UpstreamPlan
{
    private string? _addressPrefix;

    /// <summary>Unique in the policy.</summary>
    public required string Name { get; init; }

    /// <summary>Where it listens: scheme, host, port; no path beyond a prefix.</summary>
    public required Uri Address { get; init; }

    /// <summary>Scheme, host, port and path prefix without a trailing slash, to which the request target is appended as it is.</summary>
    public string AddressPrefix => _addressPrefix ??= Address.AbsoluteUri.TrimEnd('/');

    /// <summary>Host names it answers to, lower case; <c>*</c> answers to any.</summary>
    public required string[] Hosts { get; init; }

    /// <summary>True sends the caller's Host on; false sends the address's.</summary>
    public bool KeepsHost { get; init; } = true;

    public required OperationRouter Router { get; init; }

    /// <summary>What becomes of an operation neither declared nor learned. Refused only when enforced.</summary>
    public bool RefusesUnknownOperations { get; init; }

    /// <summary>Body of refusals with <c>{status}</c>, <c>{title}</c>, <c>{incident}</c> and <c>{executed}</c> replaced; null for problem+json.</summary>
    public string? RefusalTemplate { get; init; }

    /// <summary>Media type of <see cref="RefusalTemplate"/>.</summary>
    public string RefusalType { get; init; } = "application/problem+json";
}

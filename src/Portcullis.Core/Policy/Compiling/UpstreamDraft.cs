using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>An upstream while the policy is compiled.</summary>
internal sealed class UpstreamDraft
{
    /// <summary>Its key, for example <c>upstreams[0]</c>.</summary>
    public required string Path { get; init; }

    public required string Name { get; init; }

    public required UpstreamOptions Options { get; init; }

    /// <summary>Null when it could not be read.</summary>
    public Uri? Address { get; init; }

    public required string[] Hosts { get; init; }

    /// <summary>Operations of its contract; null when it has none or it cannot be read.</summary>
    public IReadOnlyList<ContractOperation>? Contract { get; init; }
}

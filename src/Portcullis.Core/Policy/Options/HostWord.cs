namespace Portcullis.Core.Policy.Options;

/// <summary>Which Host header the upstream sees.</summary>
public enum HostWord : byte
{
    /// <summary>The caller's.</summary>
    Original = 0,

    /// <summary>That of the upstream's address.</summary>
    Upstream = 1,
}

using System.Net;
using Portcullis.Core.Identity;

namespace Portcullis.Drills.Replay.Full;

/// <summary>One request of a full-scale run.</summary>
/// <param name="At">Milliseconds since the run began.</param>
/// <param name="Consumer">Number of the honest consumer; -1 for the attacker.</param>
/// <param name="Person">Whose account is asked for.</param>
/// <param name="Target">The request target.</param>
/// <param name="Bearer">Value of the Authorization header; null for none.</param>
/// <param name="Address">The client.</param>
public record struct FullRequest(long At, int Consumer, int Person, string Target, string? Bearer, IPAddress Address)
{
    /// <summary>What the gate read of its head ahead of its turn.</summary>
    public HeadFacts Head { get; set; }
}

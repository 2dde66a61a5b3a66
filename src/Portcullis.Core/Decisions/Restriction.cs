using Portcullis.Core.Hashing;

namespace Portcullis.Core.Decisions;

/// <summary>What containment put on a caller, credential or network.</summary>
/// <param name="Target">Keyed hash of the rung, credential or network prefix it applies to.</param>
/// <param name="Why">Written by whoever set it; shown to operators only.</param>
/// <param name="Until">Gate time in milliseconds since the Unix epoch at which it ends; <see cref="long.MaxValue"/> for never.</param>
public sealed record Restriction(Key128 Target, string Why, long Until);

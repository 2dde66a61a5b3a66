using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Analysis.Exposures;

/// <summary>One caller in a list.</summary>
/// <param name="Key">Hash of its strongest rung; of the network for anonymous callers.</param>
/// <param name="Rung">Which rung that is.</param>
/// <param name="FirstSeen">Gate time, milliseconds since the Unix epoch.</param>
/// <param name="LastSeen">Gate time of the latest exchange.</param>
/// <param name="Exchanges">How many.</param>
/// <param name="Refused">How many were refused or throttled, or would have been in monitor mode.</param>
/// <param name="People">Distinct subjects whose records it received.</param>
public sealed record CallerEntry(Key128 Key, Rung Rung, long FirstSeen, long LastSeen, long Exchanges, long Refused, long People);

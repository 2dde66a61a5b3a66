using Portcullis.Core.Traffic;

namespace Portcullis.Core.Decisions;

/// <summary>An operator's switch of one operation: promote, demote or bypass.</summary>
/// <param name="Mode">The mode it switches to; null returns to the policy's.</param>
/// <param name="Until">Gate time in milliseconds since the Unix epoch at which it ends by itself; <see cref="long.MaxValue"/> for never.</param>
/// <param name="Why">The reason given.</param>
public sealed record ModeOverride(Mode? Mode, long Until, string Why)
{
    public bool HasEnd => Until != long.MaxValue;
}

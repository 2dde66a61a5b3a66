using System.Collections.Frozen;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Decisions;

/// <summary>
/// All switches in force, by operation index; immutable. A switch with an end lies over the one without: when a bypass ends, an operation that
/// was promoted enforces again.
/// </summary>
public sealed class ModeOverrides
{
    public static readonly ModeOverrides None = new(
        FrozenDictionary<int, ModeOverride>.Empty,
        FrozenDictionary<int, ModeOverride>.Empty
    );

    private readonly FrozenDictionary<int, ModeOverride> _standing;
    private readonly FrozenDictionary<int, ModeOverride> _passing;

    private ModeOverrides(FrozenDictionary<int, ModeOverride> standing, FrozenDictionary<int, ModeOverride> passing)
    {
        _standing = standing;
        _passing = passing;
    }

    /// <summary>The mode an operation was switched to, or null when the policy's counts.</summary>
    public Mode? Find(int operation, long now) => InForce(operation, now)?.Mode;

    /// <summary>The switch in force for an operation, or null.</summary>
    public ModeOverride? InForce(int operation, long now)
    {
        if (_passing.TryGetValue(operation, out var passing) && passing.Until > now)
        {
            return passing;
        }
        return _standing.TryGetValue(operation, out var standing) ? standing : null;
    }

    /// <summary>With one more switch; one without an end also ends the passing one.</summary>
    public ModeOverrides With(int operation, ModeOverride change) =>
        change.HasEnd
            ? new(_standing, Put(_passing, operation, change))
            : new(Put(_standing, operation, change), Put(_passing, operation, null));

    private static FrozenDictionary<int, ModeOverride> Put(
        FrozenDictionary<int, ModeOverride> all,
        int operation,
        ModeOverride? change
    )
    {
        var copy = new Dictionary<int, ModeOverride>(all);
        copy.Remove(operation);
        if (change is not null)
        {
            copy.Add(operation, change);
        }
        return copy.ToFrozenDictionary();
    }
}

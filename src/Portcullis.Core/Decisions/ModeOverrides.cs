using System.Collections.Frozen;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Decisions;

/// <summary>All switches in force, by operation index; immutable.</summary>
public sealed class ModeOverrides(FrozenDictionary<int, ModeOverride> byOperation)
{
    public static readonly ModeOverrides None = new(FrozenDictionary<int, ModeOverride>.Empty);

    public IEnumerable<KeyValuePair<int, ModeOverride>> All => byOperation;

    /// <summary>The mode an operation was switched to, or null.</summary>
    public Mode? Find(int operation, long now) =>
        byOperation.TryGetValue(operation, out var change) && change.Until > now ? change.Mode : null;

    public ModeOverrides With(int operation, ModeOverride change) =>
        new(
            byOperation
                .Where(pair => pair.Key != operation)
                .Append(new KeyValuePair<int, ModeOverride>(operation, change))
                .ToFrozenDictionary()
        );
}

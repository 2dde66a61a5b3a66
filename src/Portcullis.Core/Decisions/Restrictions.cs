using System.Collections.Frozen;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Decisions;

/// <summary>All restrictions in force, as one immutable set that the first guards and commit read.</summary>
public sealed class Restrictions(FrozenDictionary<Key128, Restriction> byTarget)
{
    public static readonly Restrictions None = new(FrozenDictionary<Key128, Restriction>.Empty);

    public int Count => byTarget.Count;

    public IEnumerable<Restriction> All => byTarget.Values;

    public Restriction? Find(Key128 target, long now) =>
        byTarget.Count > 0 && byTarget.TryGetValue(target, out var restriction) && restriction.Until > now ? restriction : null;

    public Restrictions With(Restriction restriction) =>
        new(byTarget.Values.Where(r => r.Target != restriction.Target).Append(restriction).ToFrozenDictionary(r => r.Target));

    public Restrictions Without(Key128 target) =>
        new(byTarget.Values.Where(r => r.Target != target).ToFrozenDictionary(r => r.Target));
}

namespace Portcullis.Core.Identity;

/// <summary>
/// Key sets of providers, by address. A set is fresh for an hour, then one request fetches it again while the old one still serves; when the
/// provider is down, known keys serve for a day. Whatever tokens claim, a provider is asked at most once per interval.
/// </summary>
public sealed class JwksCache
{
    /// <summary>Most providers at once; of those that no policy names any more the ones asked longest ago make room.</summary>
    internal const int MaxSets = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeySet> _sets = new(StringComparer.Ordinal);
    private int _version;

    /// <summary>Age at which a set is fetched again; 1 h unless set.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Age up to which known keys serve while the provider is down; 24 h unless set.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Shortest time between two fetches from one provider; 30 s unless set.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a fetch that was asked for may be under way before it is asked for again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Changes whenever a set changed, so that what was verified by an older one is verified again.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Keeps what a provider answered.</summary>
    /// <param name="source">The need's argument: the key set's address.</param>
    /// <param name="json">The body of its answer.</param>
    /// <param name="now">Gate time.</param>
    /// <returns>False when it is no key set or holds no usable key; the known keys stay then.</returns>
    public bool Store(string source, string json, long now)
    {
        TokenKeys keys;
        try
        {
            keys = TokenKeys.FromJwks(json);
        }
        catch (InvalidDataException)
        {
            keys = TokenKeys.FromJwks("""{"keys":[]}""");
        }
        if (keys.Count == 0)
        {
            Failed(source, now);
            return false;
        }
        lock (_lock)
        {
            var set = SetOf(source);
            var isSame = set.Json == json;
            set.Json = json;
            set.Keys = isSame ? set.Keys : keys;
            set.StoredAt = now;
            set.TriedAt = now;
            set.AskedAt = long.MinValue;
            if (!isSame)
            {
                Interlocked.Increment(ref _version);
            }
            return true;
        }
    }

    /// <summary>Notes that a fetch failed: known keys serve on, and the provider has rest for the interval.</summary>
    public void Failed(string source, long now)
    {
        lock (_lock)
        {
            var set = SetOf(source);
            set.TriedAt = now;
            set.AskedAt = long.MinValue;
        }
    }

    /// <summary>The keys of a provider, or null when there are none that may still be trusted.</summary>
    internal TokenKeys? Find(string source, long now, out bool wantsFetch)
    {
        lock (_lock)
        {
            wantsFetch = false;
            var set = SetOf(source);
            var isKept = set.Keys is not null && now - set.StoredAt < (long)Kept.TotalMilliseconds;
            if (isKept && now - set.StoredAt < (long)Fresh.TotalMilliseconds)
            {
                return set.Keys;
            }
            // Without keys every request waits for the one fetch under way; with old ones only the request that asked does.
            wantsFetch = MayAsk(set, now, joins: !isKept);
            return isKept ? set.Keys : null;
        }
    }

    /// <summary>Whether an unknown key id may cause a fetch; the first who asks in an interval gets true.</summary>
    internal bool MayRefetch(string source, long now)
    {
        lock (_lock)
        {
            return MayAsk(SetOf(source), now, joins: false);
        }
    }

    private bool MayAsk(KeySet set, long now, bool joins)
    {
        if (set.AskedAt != long.MinValue && now - set.AskedAt < (long)Patience.TotalMilliseconds)
        {
            return joins;
        }
        if (set.TriedAt != long.MinValue && now - set.TriedAt < (long)Interval.TotalMilliseconds)
        {
            return false;
        }
        set.AskedAt = now;
        return true;
    }

    private KeySet SetOf(string source)
    {
        if (_sets.TryGetValue(source, out var known))
        {
            return known;
        }
        if (_sets.Count >= MaxSets)
        {
            _sets.Remove(_sets.MinBy(set => Math.Max(set.Value.TriedAt, set.Value.AskedAt)).Key);
        }
        return _sets[source] = new KeySet();
    }

    private sealed class KeySet
    {
        public string? Json;
        public TokenKeys? Keys;
        public long StoredAt = long.MinValue;
        public long TriedAt = long.MinValue;
        public long AskedAt = long.MinValue;
    }
}

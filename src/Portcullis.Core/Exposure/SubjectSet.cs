using Portcullis.Core.Hashing;

namespace Portcullis.Core.Exposure;

/// <summary>
/// Distinct subjects released in one scope over the last 30 days, with the minute of each one's latest release, so that any window up to
/// 30 days can be counted and limits can change without losing what was used. Exact while it has room; past its capacity every release
/// counts as new, so it only ever over-counts. One subject, all that most strangers ever receive, takes no memory beside the set; few are a
/// small array scanned whole; many are a hash table with counts by minute and hour. A subject is known by 64 bits of its keyed hash: among a million subjects two share them with probability 3e-8.
/// Not thread-safe: touched only under the commit lock.
/// </summary>
public sealed class SubjectSet
{
    /// <summary>Minutes a release is remembered: 31 days, so that a 30-day window never misses one.</summary>
    public const uint KeptMinutes = 31 * 24 * 60;

    private const int ScanLimit = 32;
    private const int SubjectBytes = sizeof(ulong) + sizeof(uint);

    private int _capacity;
    private int _count;
    private uint _onlyMinute;
    private ulong _onlySubject;
    private ulong[]? _subjects;
    private uint[]? _minutes;
    private SubjectTable? _table;

    /// <param name="capacity">Most subjects remembered one by one.</param>
    public SubjectSet(int capacity = 1 << 20) => _capacity = capacity;

    /// <summary>Subjects remembered, expired ones that were not yet swept included.</summary>
    public int Count => _table?.Count ?? _count;

    /// <summary>Memory taken beyond that of one subject.</summary>
    internal int MoreBytes => _table?.Bytes ?? (_subjects is null ? 0 : _subjects.Length * SubjectBytes);

    /// <summary>Most subjects remembered one by one.</summary>
    internal int Capacity => _capacity;

    private Span<ulong> Subjects => (_subjects is null ? new Span<ulong>(ref _onlySubject) : _subjects)[.._count];

    private Span<uint> Minutes => (_minutes is null ? new Span<uint>(ref _onlyMinute) : _minutes)[.._count];

    private int Places => _subjects?.Length ?? 1;

    /// <summary>Each subject remembered, with the minute of its latest release.</summary>
    internal IEnumerable<(ulong Subject, uint Minute)> Entries
    {
        get
        {
            for (var i = 0; i < _count; i++)
            {
                yield return (Subjects[i], Minutes[i]);
            }
            foreach (var entry in _table?.Entries ?? [])
            {
                yield return entry;
            }
        }
    }

    /// <summary>Releases that were counted without a subject because the set was full, by hour since the Unix epoch.</summary>
    internal IReadOnlyList<(uint Hour, int Count)> Unnamed => _table?.Unnamed ?? [];

    /// <summary>Counts releases of an hour whose subjects nobody knows.</summary>
    internal void AddUnnamed(uint hour, int count)
    {
        ToTable(hour * 60);
        _table!.AddUnnamed(hour, count);
    }

    /// <summary>Raises the number of subjects that are remembered one by one; never lowers it.</summary>
    public void Allow(int capacity)
    {
        if (capacity > _capacity)
        {
            _capacity = capacity;
            _table?.Allow(capacity);
        }
    }

    /// <summary>True when the subject was released at or after <paramref name="sinceMinute"/>.</summary>
    public bool Contains(Key128 subject, uint sinceMinute)
    {
        if (_table is not null)
        {
            return _table.TryGet(subject.Low, out var minute) && minute >= sinceMinute;
        }
        var index = Subjects.IndexOf(subject.Low);
        return index >= 0 && Minutes[index] >= sinceMinute;
    }

    /// <summary>Distinct subjects released at or after <paramref name="sinceMinute"/>, never fewer.</summary>
    /// <param name="nowMinute">The current minute: gate time in minutes since the Unix epoch.</param>
    /// <param name="sinceMinute">First minute of the window.</param>
    public int CountSince(uint nowMinute, uint sinceMinute)
    {
        if (_table is not null)
        {
            return _table.CountSince(nowMinute, sinceMinute);
        }
        var count = 0;
        foreach (var minute in Minutes)
        {
            count += minute >= sinceMinute ? 1 : 0;
        }
        return count;
    }

    /// <summary>Notes a release now; a subject already here moves to the current minute and is not counted twice.</summary>
    public void Release(Key128 subject, uint nowMinute)
    {
        if (_table is not null)
        {
            _table.Release(subject.Low, nowMinute);
            return;
        }
        var index = Subjects.IndexOf(subject.Low);
        if (index >= 0)
        {
            Minutes[index] = Math.Max(Minutes[index], nowMinute);
            return;
        }
        if (_count == Places && !DropExpired(nowMinute))
        {
            if (_count == ScanLimit)
            {
                ToTable(nowMinute);
                _table!.Release(subject.Low, nowMinute);
                return;
            }
            Widen();
        }
        _count++;
        Subjects[^1] = subject.Low;
        Minutes[^1] = nowMinute;
    }

    /// <summary>Adds what another set holds, each subject at its later release.</summary>
    /// <param name="other">The set; it stays as it is.</param>
    /// <param name="withUnnamed">True to add up also what the other could not name: for a set that never held any of it.</param>
    internal void Add(SubjectSet other, bool withUnnamed)
    {
        foreach (var (subject, minute) in other.Entries)
        {
            Release(new Key128(0, subject), minute);
        }
        foreach (var (hour, count) in withUnnamed ? other.Unnamed : [])
        {
            AddUnnamed(hour, count);
        }
    }

    private void Widen()
    {
        var (subjects, minutes) = (new ulong[_count * 2], new uint[_count * 2]);
        Subjects.CopyTo(subjects);
        Minutes.CopyTo(minutes);
        (_subjects, _minutes) = (subjects, minutes);
    }

    private void ToTable(uint nowMinute)
    {
        if (_table is not null)
        {
            return;
        }
        _table = new SubjectTable(_capacity, nowMinute);
        for (var i = 0; i < _count; i++)
        {
            _table.Release(Subjects[i], Minutes[i]);
        }
        _subjects = null;
        _minutes = null;
        _count = 0;
    }

    private bool DropExpired(uint nowMinute)
    {
        var subjects = Subjects;
        var minutes = Minutes;
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (minutes[i] + KeptMinutes > nowMinute)
            {
                subjects[kept] = subjects[i];
                minutes[kept++] = minutes[i];
            }
        }
        var dropped = kept < _count;
        _count = kept;
        return dropped;
    }
}

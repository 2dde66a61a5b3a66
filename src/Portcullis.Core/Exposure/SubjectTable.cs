using System.Runtime.InteropServices;

namespace Portcullis.Core.Exposure;

/// <summary>
/// The large form of <see cref="SubjectSet"/>: an open-addressing table of subject and minute of latest release, with how many subjects
/// were last released in each of the last 180 minutes and each of the last 31 days' hours.
/// </summary>
internal sealed class SubjectTable
{
    private const int MinuteSlots = 180;
    private const int HourSlots = 31 * 24 + 1;
    private const int FineMinutes = 120;
    private const int EntryBytes = 12;

    private int _capacity;
    private readonly CountRing _byMinute = new(MinuteSlots);
    private readonly CountRing _byHour = new(HourSlots);
    private Entry[] _entries = new Entry[128];
    private uint _head;
    private bool _isFull;

    public SubjectTable(int capacity, uint nowMinute)
    {
        _capacity = Math.Max(capacity, 128);
        _head = nowMinute;
    }

    public int Count { get; private set; }

    /// <summary>Memory taken: the entries, and the counts by minute and hour.</summary>
    public int Bytes => (_entries.Length * EntryBytes) + ((MinuteSlots + HourSlots) * sizeof(int));

    /// <summary>Raises the capacity; a table that was full remembers new subjects again.</summary>
    public void Allow(int capacity)
    {
        _capacity = capacity;
        _isFull = false;
    }

    /// <summary>Each subject remembered, with the minute of its latest release.</summary>
    public IEnumerable<(ulong Subject, uint Minute)> Entries =>
        _entries.Where(entry => entry.Minute != 0).Select(entry => (entry.Subject, entry.Minute));

    /// <summary>Releases counted while the table was full, whose subjects it does not know, by hour.</summary>
    public IReadOnlyList<(uint Hour, int Count)> Unnamed
    {
        get
        {
            var last = _head / 60;
            var first = last < HourSlots ? 0 : last - HourSlots + 1;
            var named = Entries.CountBy(entry => entry.Minute / 60).ToDictionary();
            var unnamed = new List<(uint, int)>();
            for (var hour = first; hour <= last; hour++)
            {
                var count = _byHour[hour] - named.GetValueOrDefault(hour);
                if (count > 0)
                {
                    unnamed.Add((hour, count));
                }
            }
            return unnamed;
        }
    }

    /// <summary>Counts releases whose subjects nobody knows, at the last minute of their hour, so that no window loses them early.</summary>
    public void AddUnnamed(uint hour, int count)
    {
        var minute = hour * 60 + 59;
        Advance(minute);
        CountAt(minute, count);
    }

    public bool TryGet(ulong subject, out uint minute)
    {
        ref var entry = ref Find(_entries, subject);
        minute = entry.Minute;
        return entry.Minute != 0;
    }

    public int CountSince(uint nowMinute, uint sinceMinute)
    {
        Advance(nowMinute);
        if (_head - sinceMinute < FineMinutes)
        {
            return _byMinute.Sum(sinceMinute, _head);
        }
        // The oldest hour counts whole: over-counts by what was released before the window within that hour.
        return _byHour.Sum(Math.Max(sinceMinute / 60, (_head / 60) - (HourSlots - 1)), _head / 60);
    }

    public void Release(ulong subject, uint nowMinute)
    {
        Advance(nowMinute);
        ref var entry = ref Find(_entries, subject);
        if (entry.Minute != 0)
        {
            if (nowMinute <= entry.Minute)
            {
                return;
            }
            CountAt(entry.Minute, -1);
            entry.Minute = nowMinute;
            CountAt(nowMinute, 1);
            return;
        }
        CountAt(nowMinute, 1);
        if (_isFull)
        {
            return;
        }
        entry = new Entry { Subject = subject, Minute = nowMinute };
        Count++;
        if (Count * 4 > _entries.Length * 3)
        {
            Grow();
        }
    }

    private void CountAt(uint minute, int delta)
    {
        if (_head - minute < MinuteSlots)
        {
            _byMinute.Add(minute, delta);
        }
        if (_head / 60 - minute / 60 < HourSlots)
        {
            _byHour.Add(minute / 60, delta);
        }
    }

    private void Advance(uint nowMinute)
    {
        if (nowMinute <= _head)
        {
            return;
        }
        _byMinute.Advance(_head, nowMinute);
        _byHour.Advance(_head / 60, nowMinute / 60);
        _head = nowMinute;
    }

    private void Grow()
    {
        var live = 0;
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            live += IsLive(entry) ? 1 : 0;
        }
        if (live * 4 > _capacity * 3)
        {
            // From here on a subject that is not in the table counts as new at every release.
            _isFull = true;
            return;
        }
        var size = live * 2 > _entries.Length ? _entries.Length * 2 : _entries.Length;
        var entries = new Entry[size];
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            if (IsLive(entry))
            {
                Find(entries, entry.Subject) = entry;
            }
        }
        _entries = entries;
        Count = live;
    }

    private bool IsLive(in Entry entry) => entry.Minute != 0 && entry.Minute + SubjectSet.KeptMinutes > _head;

    private static ref Entry Find(Entry[] entries, ulong subject)
    {
        var mask = entries.Length - 1;
        var index = (int)subject & mask;
        while (entries[index].Minute != 0 && entries[index].Subject != subject)
        {
            index = (index + 1) & mask;
        }
        return ref entries[index];
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Entry
    {
        public ulong Subject;
        public uint Minute;
    }
}

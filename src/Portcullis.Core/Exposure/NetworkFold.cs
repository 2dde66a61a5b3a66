using Portcullis.Core.Hashing;

namespace Portcullis.Core.Exposure;

/// <summary>
/// What networks received whose rows were given up, in fixed memory: a count-min sketch with conservative update (Estan and Varghese, 2002)
/// for each of the last hours and days. A network's estimate is never less than what it received, so that coming back after a flood of new
/// addresses resets nobody. Cells are chosen by a keyed hash: no stranger can aim at another's. Touched only under the commit lock.
/// </summary>
internal sealed class NetworkFold
{
    private const int Hours = 26;
    private const int Days = 33;
    private const uint MinutesPerHour = 60;
    private const uint MinutesPerDay = 24 * 60;

    private readonly int _widthBits;
    private readonly Plane[] _hours;
    private readonly Plane[] _days;

    // The latest minute in which anything folded was released: windows that begin later owe nothing to the fold.
    private uint _newest;

    /// <param name="widthBits">Cells per row of the sketch, as a power of two: 17 takes half a MiB for each hour or day in which something was folded.</param>
    public NetworkFold(int widthBits = 17)
    {
        _widthBits = widthBits;
        _hours = NewPlanes(Hours, 2 << widthBits);
        _days = NewPlanes(Days, 2 << widthBits);
    }

    /// <summary>Adds what one network received under one budget group.</summary>
    public void Add(Key128 network, string group, SubjectSet released, uint nowMinute, uint newestMinute)
    {
        _newest = Math.Max(_newest, newestMinute);
        var (first, second) = Cells(network, group);
        Add(_hours, MinutesPerHour, first, second, released, nowMinute);
        Add(_days, MinutesPerDay, first, second, released, nowMinute);
    }

    /// <summary>At least the distinct subjects the network received at or after a minute, in rows that are no more.</summary>
    public int Estimate(Key128 network, string group, uint nowMinute, uint sinceMinute)
    {
        if (_newest < sinceMinute || _newest == 0)
        {
            return 0;
        }
        var (first, second) = Cells(network, group);
        return nowMinute / MinutesPerHour - sinceMinute / MinutesPerHour < Hours
            ? Sum(_hours, MinutesPerHour, first, second, nowMinute, sinceMinute)
            : Sum(_days, MinutesPerDay, first, second, nowMinute, sinceMinute);
    }

    private static void Add(Plane[] planes, uint step, int first, int second, SubjectSet released, uint nowMinute)
    {
        var now = nowMinute / step;
        var oldest = now < planes.Length ? 0 : now - (uint)planes.Length + 1;
        var later = 0;
        for (var index = now; ; index--)
        {
            var until = released.CountSince(nowMinute, index * step);
            if (until > later)
            {
                planes[index % planes.Length].Add(index, first, second, until - later);
                later = until;
            }
            if (index == oldest)
            {
                return;
            }
        }
    }

    // The oldest step counts whole: it over-counts by what was released in it before the window.
    private static int Sum(Plane[] planes, uint step, int first, int second, uint nowMinute, uint sinceMinute)
    {
        var now = nowMinute / step;
        var oldest = Math.Max(sinceMinute / step, now < planes.Length ? 0 : now - (uint)planes.Length + 1);
        var sum = 0;
        for (var index = oldest; index <= now; index++)
        {
            sum += planes[index % planes.Length].Read(index, first, second);
        }
        return sum;
    }

    private (int First, int Second) Cells(Key128 network, string group)
    {
        // FNV-1a: stable across processes, unlike string.GetHashCode.
        var hash = 14695981039346656037UL;
        foreach (var letter in group)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }
        var first = (network.High ^ hash) * 0x9E3779B97F4A7C15UL >> (64 - _widthBits);
        var second = (network.Low ^ hash) * 0xC2B2AE3D27D4EB4FUL >> (64 - _widthBits);
        return ((int)first, (1 << _widthBits) + (int)second);
    }

    private static Plane[] NewPlanes(int count, int cells)
    {
        var planes = new Plane[count];
        for (var i = 0; i < count; i++)
        {
            planes[i] = new Plane(cells);
        }
        return planes;
    }

    /// <summary>The counters of one hour or day; memory is taken when the first count arrives and used again when its turn comes round.</summary>
    private sealed class Plane(int size)
    {
        private ushort[]? _cells;
        private uint _index;

        public void Add(uint index, int first, int second, int count)
        {
            _cells ??= new ushort[size];
            if (_index != index)
            {
                Array.Clear(_cells);
                _index = index;
            }
            var sum = (ushort)Math.Min(ushort.MaxValue, Math.Min(_cells[first], _cells[second]) + count);
            _cells[first] = Math.Max(_cells[first], sum);
            _cells[second] = Math.Max(_cells[second], sum);
        }

        public int Read(uint index, int first, int second)
        {
            if (_cells is null || _index != index)
            {
                return 0;
            }
            var least = Math.Min(_cells[first], _cells[second]);
            // A full counter has lost count, so it is as good as any limit.
            return least == ushort.MaxValue ? int.MaxValue / 64 : least;
        }
    }
}

using System.Collections.Concurrent;

namespace Portcullis.Gateway;

/// <summary>Tells which of many faults to say: the first of a kind each minute. Kinds are the product's own words and addresses of the policy.</summary>
internal sealed class SparingVoice(TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Repeat> _repeats = new();

    /// <summary>Faults since start.</summary>
    public long Total => _repeats.Values.Sum(repeat => repeat.Total);

    /// <summary>Faults of one kind since start.</summary>
    public long TotalOf(string kind) => _repeats.TryGetValue(kind, out var repeat) ? repeat.Total : 0;

    /// <param name="kind">What faults are alike.</param>
    /// <param name="leftOut">When true: how many of the kind were not said since the last that was.</param>
    public bool ShallSay(string kind, out long leftOut)
    {
        var repeat = _repeats.GetOrAdd(kind, _ => new Repeat());
        lock (repeat)
        {
            repeat.Total++;
            var now = time.GetTimestamp();
            if (repeat.SaidAt is { } before && time.GetElapsedTime(before, now) < Quiet)
            {
                repeat.LeftOut++;
                leftOut = 0;
                return false;
            }
            leftOut = repeat.LeftOut;
            repeat.LeftOut = 0;
            repeat.SaidAt = now;
            return true;
        }
    }

    private sealed class Repeat
    {
        public long? SaidAt;
        public long LeftOut;
        public long Total;
    }
}

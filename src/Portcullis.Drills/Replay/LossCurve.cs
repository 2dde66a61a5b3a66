namespace Portcullis.Drills.Replay;

/// <summary>When records were lost, kept as times and thinned for reports.</summary>
internal sealed class LossCurve
{
    private const int Points = 60;
    private readonly List<long> _at = [];

    public int Count => _at.Count;

    /// <summary>Notes one more record lost at a time of the run.</summary>
    public void Add(long at) => _at.Add(at);

    /// <summary>Records lost before a time.</summary>
    public int Before(long at)
    {
        var index = _at.BinarySearch(at);
        while (index > 0 && _at[index - 1] == at)
        {
            index--;
        }
        return index < 0 ? ~index : index;
    }

    /// <summary>Both curves at the same times, from the first loss of either to the end of the run.</summary>
    public static LossPoint[] Join(LossCurve without, LossCurve with, long attackAt, long end)
    {
        var first = Math.Min(without._at.FirstOrDefault(end), with._at.FirstOrDefault(end));
        // The last loss of either is where the curves go flat; beyond it there is nothing to see.
        var last = Math.Max(without._at.LastOrDefault(first), with._at.LastOrDefault(first));
        var curve = new LossPoint[Points + 1];
        for (var i = 0; i <= Points; i++)
        {
            var at = first + (last - first) * i / Points;
            curve[i] = new LossPoint((at - attackAt) / 1000.0, without.Before(at + 1), with.Before(at + 1));
        }
        return curve;
    }

    /// <summary>Seconds from the start of the attack to its last loss; 0 when nothing was lost in it.</summary>
    public double LastAfter(long attackAt) => _at.Count > 0 && _at[^1] > attackAt ? (_at[^1] - attackAt) / 1000.0 : 0;
}

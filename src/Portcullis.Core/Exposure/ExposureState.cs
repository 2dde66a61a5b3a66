namespace Portcullis.Core.Exposure;

/// <summary>
/// Subjects released to one caller or pool: one set for each budget group that covers it. Most have one, which takes no array. Touched only
/// under the commit lock.
/// </summary>
public sealed class ExposureState
{
    private int _count;
    private string _onlyGroup = "";
    private SubjectSet? _onlySet;
    private string[]? _groups;
    private SubjectSet[]? _sets;
    private int _epoch;
    private ulong _joined;

    /// <summary>Group names, parallel to <see cref="Sets"/>.</summary>
    public ReadOnlySpan<string> Groups => _groups ?? new ReadOnlySpan<string>(in _onlyGroup)[.._count];

    public ReadOnlySpan<SubjectSet> Sets => _sets ?? new ReadOnlySpan<SubjectSet>(in _onlySet!)[.._count];

    /// <summary>Notes membership by seats, which are given anew with each epoch (1 or later); returns those that were not noted yet.</summary>
    public ulong Join(int epoch, ulong seats)
    {
        var known = epoch == _epoch ? _joined : 0;
        (_epoch, _joined) = (epoch, known | seats);
        return seats & ~known;
    }

    /// <summary>Forgets what was noted: the next time counts as the first.</summary>
    public void Leave() => _epoch = 0;

    /// <summary>The set of a group, or null when nothing was released under it.</summary>
    public SubjectSet? Find(string group)
    {
        var groups = Groups;
        for (var i = 0; i < groups.Length; i++)
        {
            // Group names are interned by the policy compiler, so equal ones are nearly always one object.
            if (ReferenceEquals(groups[i], group) || groups[i] == group)
            {
                return Sets[i];
            }
        }
        return null;
    }

    /// <summary>The set of a group, with room for at least <paramref name="capacity"/> subjects from now on.</summary>
    public SubjectSet GetOrAdd(string group, int capacity)
    {
        var set = Find(group);
        if (set is null)
        {
            set = new SubjectSet(capacity);
            if (_count == 0)
            {
                (_onlyGroup, _onlySet) = (group, set);
            }
            else
            {
                (_groups, _sets) = ([.. Groups, group], [.. Sets, set]);
            }
            _count++;
        }
        set.Allow(capacity);
        return set;
    }
}

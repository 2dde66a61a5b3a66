namespace Portcullis.Core.Exposure;

/// <summary>Subjects released to one caller or pool: one set for each budget group that covers it. Touched only under the commit lock.</summary>
public sealed class ExposureState
{
    private string[] _groups = [];
    private SubjectSet[] _sets = [];

    /// <summary>Group names, parallel to <see cref="Sets"/>.</summary>
    public ReadOnlySpan<string> Groups => _groups;

    public ReadOnlySpan<SubjectSet> Sets => _sets;

    /// <summary>The set of a group, or null when nothing was released under it.</summary>
    public SubjectSet? Find(string group)
    {
        for (var i = 0; i < _groups.Length; i++)
        {
            // Group names are interned by the policy compiler, so equal ones are nearly always one object.
            if (ReferenceEquals(_groups[i], group) || _groups[i] == group)
            {
                return _sets[i];
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
            _groups = [.. _groups, group];
            _sets = [.. _sets, set];
        }
        set.Allow(capacity);
        return set;
    }
}

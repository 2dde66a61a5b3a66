using System.Numerics;
using System.Runtime.CompilerServices;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Classification;

/// <summary>
/// Decides what belongs to whom. An element of a list is an item; nested objects belong to the nearest item unless they contradict it (another
/// e-mail, phone, name or id): then they are items of their own. In doubt there are more items, never fewer.
/// </summary>
internal sealed class ItemBuilder
{
    /// <summary>Values of one class that an object may hold before each counts as another subject.</summary>
    private const int MostOfOneSubject = 3;

    /// <summary>Values compared in one group; a group that knows more is contradicted by anything.</summary>
    private const int MostCompared = 64;

    private static readonly ulong IdClasses =
        DataClasses.BitOf("account-id") | DataClasses.BitOf("customer-id") | DataClasses.BitOf("user-id");
    private static readonly ulong Secrets = DataClasses.Secrets;

    private readonly FactList<RecordGroup> _groups = new();
    private BodyReading _reading = null!;

    /// <summary>Turns what was read into groups; <see cref="Groups"/> holds until <see cref="Clear"/>.</summary>
    public void Build(BodyReading reading)
    {
        _reading = reading;
        _groups.Clear();
        foreach (ref var node in reading.Nodes.Span)
        {
            Settle(ref node);
        }
        for (var i = 0; i < reading.Nodes.Count; i++)
        {
            Place(i);
        }
        for (var i = 0; i < reading.Nodes.Count; i++)
        {
            PlaceList(i);
        }
        for (var i = 0; i < _groups.Count; i++)
        {
            MergeIntoParent(i);
        }
    }

    public FactList<RecordGroup> Groups => _groups;

    public void Clear() => _groups.Clear();

    /// <summary>The group a sighting ended in, or -1 when it is nobody's.</summary>
    public int GroupOf(in Sighting sighting)
    {
        if (sighting.IsGone)
        {
            return -1;
        }
        var group = sighting.OwnGroup >= 0 ? sighting.OwnGroup : _reading.Nodes[sighting.Node].Group;
        while (group >= 0 && _groups[group].MergedInto >= 0)
        {
            group = _groups[group].MergedInto;
        }
        return group;
    }

    // Which of a node's sightings are a person's: a store's phone is not, a plan's name is not.
    private void Settle(ref RecordNode node)
    {
        var dropped = 0UL;
        if (node.IsPlace && (node.Strong & DataClasses.NamesPerson) == 0)
        {
            dropped = DataClasses.SharedWithPlaces;
            node.Strong &= ~dropped;
        }
        var keepsWeak =
            !node.IsList && ((node.Strong & ~Secrets) != 0 || (node.Container.Has(FieldMark.Person) && !node.IsPlace));
        if (!keepsWeak && node.Parent >= 0 && (node.Container.Strong | node.Container.Weak) != 0)
        {
            // "name": { "first": …, "last": … } stands or falls with the object around it.
            ref readonly var parent = ref _reading.Nodes[node.Parent];
            keepsWeak = (parent.Strong & ~Secrets) != 0 || (parent.Container.Has(FieldMark.Person) && !parent.IsPlace);
        }
        for (var i = node.First; i >= 0; i = _reading.Sightings[i].Next)
        {
            ref var sighting = ref _reading.Sightings[i];
            sighting.IsGone = sighting.IsWeak ? !keepsWeak : (1UL << sighting.Class & dropped) != 0;
        }
        node.Strong |= keepsWeak ? node.Weak : 0;
    }

    private void Place(int index)
    {
        ref var node = ref _reading.Nodes[index];
        var around = node.Parent < 0 ? -1 : _reading.Nodes[node.Parent].Group;
        if (node.IsList && !node.IsElement && node.Parent >= 0)
        {
            node.Group = around;
            return;
        }
        if (around < 0 || node.IsElement)
        {
            node.Group = Start(around, node.IsElement ? node.Range : default, node.IsElement);
        }
        else
        {
            node.Group = Contradicts(node, around) ? Start(around, Cuttable(around), false) : around;
        }
        if (node.IsList && node.Parent < 0)
        {
            return;
        }
        if (!node.IsList || node.IsElement)
        {
            Split(ref node);
        }
        Join(node, node.Group);
        node.NextInGroup = _groups[node.Group].FirstNode;
        _groups[node.Group].FirstNode = index;
    }

    // What can be cut for a nested item is the element around it.
    private TextRange Cuttable(int around) => _groups[around].Range;

    private int Start(int parent, TextRange range, bool isElement)
    {
        _groups.Add(
            new RecordGroup
            {
                Range = range,
                Parent = parent,
                MergedInto = -1,
                First = -1,
                FirstNode = -1,
                Last = -1,
                Item = -1,
                IdClass = FieldMeaning.NoClass,
                IsElement = isElement,
            }
        );
        return _groups.Count - 1;
    }

    private void Join(in RecordNode node, int group)
    {
        ref var target = ref _groups[group];
        for (var i = node.First; i >= 0; i = _reading.Sightings[i].Next)
        {
            ref readonly var sighting = ref _reading.Sightings[i];
            if (!sighting.IsGone && sighting.OwnGroup < 0)
            {
                target.Classes |= 1UL << sighting.Class;
                target.Words = new Key128(target.Words.High | sighting.Words.High, target.Words.Low | sighting.Words.Low);
            }
        }
        if (node.Id.Length > 0 && (node.Strong & ~Secrets) != 0 && (target.Id.Length == 0 || node.IsDeclaredId))
        {
            target.Id = node.Id;
            target.IsDeclaredId = node.IsDeclaredId;
        }
        if (target.IdClass == FieldMeaning.NoClass)
        {
            target.IdClass = node.Container.IdClass;
        }
    }

    private bool Contradicts(in RecordNode node, int group)
    {
        ref readonly var known = ref _groups[group];
        if (known.Classes == 0 || (node.Strong & DataClasses.Identifying) == 0)
        {
            return false;
        }
        for (var i = node.First; i >= 0; i = _reading.Sightings[i].Next)
        {
            ref readonly var sighting = ref _reading.Sightings[i];
            var mask = 1UL << sighting.Class;
            if (sighting.IsGone || (mask & DataClasses.Identifying & known.Classes) == 0)
            {
                continue;
            }
            if (sighting.Class == SubjectKeys.PersonNameBit)
            {
                if ((sighting.Words.High & ~known.Words.High) != 0 || (sighting.Words.Low & ~known.Words.Low) != 0)
                {
                    return true;
                }
            }
            else if (!Knows(group, sighting, _reading.Sightings.Span))
            {
                return true;
            }
        }
        return false;
    }

    // True when the group has the same value, or none of that kind. Ids of one class under two names are two ids of one record.
    private bool Knows(int group, in Sighting wanted, ReadOnlySpan<Sighting> sightings)
    {
        var hasOther = false;
        var compared = 0;
        for (var n = _groups[group].FirstNode; n >= 0; n = _reading.Nodes[n].NextInGroup)
        {
            if (++compared > MostCompared)
            {
                return false;
            }
            ref readonly var node = ref _reading.Nodes[n];
            for (var i = node.First; i >= 0; i = sightings[i].Next)
            {
                ref readonly var sighting = ref sightings[i];
                if (sighting.IsGone || sighting.Class != wanted.Class || sighting.OwnGroup >= 0)
                {
                    continue;
                }
                if (++compared > MostCompared)
                {
                    return false;
                }
                if (sighting.Alias == wanted.Alias)
                {
                    return true;
                }
                hasOther |= (1UL << wanted.Class & IdClasses) == 0 || sighting.Field == wanted.Field;
            }
        }
        return !hasOther;
    }

    // A map of id to e-mail is many people, not one with many e-mails.
    private void Split(ref RecordNode node)
    {
        for (var rest = node.Strong & DataClasses.Identifiers; rest != 0; rest &= rest - 1)
        {
            var found = BitOperations.TrailingZeroCount(rest);
            if (CountDistinct(node, found) > MostOfOneSubject)
            {
                SplitClass(node, found, _groups[node.Group].Range, isList: false);
            }
        }
    }

    [SkipLocalsInit]
    private int CountDistinct(in RecordNode node, int found)
    {
        Span<Key128> seen = stackalloc Key128[MostOfOneSubject];
        var count = 0;
        for (var i = node.First; i >= 0; i = _reading.Sightings[i].Next)
        {
            ref readonly var sighting = ref _reading.Sightings[i];
            if (sighting.IsGone || sighting.Class != found || seen[..count].Contains(sighting.Alias))
            {
                continue;
            }
            if (count == seen.Length)
            {
                return count + 1;
            }
            seen[count++] = sighting.Alias;
        }
        return count;
    }

    private void SplitClass(in RecordNode node, int found, TextRange range, bool isList)
    {
        for (var i = node.First; i >= 0; i = _reading.Sightings[i].Next)
        {
            ref var sighting = ref _reading.Sightings[i];
            if (!sighting.IsGone && sighting.Class == found)
            {
                var group = Start(node.Group, isList ? sighting.Range : range, isElement: false);
                sighting.OwnGroup = group;
                _groups[group].Classes = 1UL << found;
                _groups[group].Words = sighting.Words;
            }
        }
    }

    // A list of e-mails: up to three belong to the item around it, more of them, or none around it, are one item each.
    private void PlaceList(int index)
    {
        ref var node = ref _reading.Nodes[index];
        if (!node.IsList || (node.IsElement && node.Parent >= 0) || node.First < 0)
        {
            return;
        }
        var hasOwner = node.Parent >= 0 && _groups[node.Group].Classes != 0;
        for (var rest = node.Strong & DataClasses.Identifying; rest != 0; rest &= rest - 1)
        {
            var found = BitOperations.TrailingZeroCount(rest);
            if (!hasOwner || CountDistinct(node, found) > MostOfOneSubject)
            {
                SplitClass(node, found, default, isList: true);
            }
        }
        Join(node, node.Group);
    }

    // An address or a line of the same person listed inside a record is no other person.
    private void MergeIntoParent(int index)
    {
        ref var group = ref _groups[index];
        if (group.Parent < 0 || !group.IsElement || group.Classes == 0)
        {
            return;
        }
        var parent = group.Parent;
        while (parent >= 0 && (_groups[parent].Classes == 0 || _groups[parent].MergedInto >= 0))
        {
            parent = _groups[parent].MergedInto >= 0 ? _groups[parent].MergedInto : _groups[parent].Parent;
        }
        var isPerson =
            (group.Classes & DataClasses.Identifying) != 0 || (group.Id.Length > 0 && group.IdClass != FieldMeaning.NoClass);
        if (parent < 0 || isPerson)
        {
            return;
        }
        group.MergedInto = parent;
        _groups[parent].Classes |= group.Classes;
    }
}

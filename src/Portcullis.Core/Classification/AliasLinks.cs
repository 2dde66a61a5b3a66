using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>
/// Remembers which subject an alias (phone, e-mail, account number) belongs to, learned from released items that carry their own id.
/// An alias seen with two subjects leads to neither for ever, and a full memory links nothing new: both only over-count.
/// Reads take no lock.
/// </summary>
public sealed class AliasLinks
{
    /// <summary>Most aliases remembered.</summary>
    public const int DefaultCapacity = 1_000_000;

    /// <summary>Aliases one subject may gather: someone who may edit a record could else gather everybody's phone under it.</summary>
    public const int MaxPerSubject = 8;

    private const int Free = 0;
    private const int Linked = 1;
    private const int Ambiguous = 2;

    private readonly Lock _lock = new();
    private readonly int _capacity;
    private Entry[] _entries = new Entry[1024];
    private SubjectCount[] _counts = new SubjectCount[1024];
    private int _subjects;

    public AliasLinks(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
    }

    /// <summary>Aliases known, ambiguous ones included.</summary>
    public int Count { get; private set; }

    /// <summary>True with the subject when exactly one is known for the alias.</summary>
    public bool TryFind(Key128 alias, out Key128 subject)
    {
        var entries = Volatile.Read(ref _entries);
        var mask = entries.Length - 1;
        for (var at = (int)alias.Low & mask; ; at = (at + 1) & mask)
        {
            ref var entry = ref entries[at];
            // State is written last, and what stands before it never changes afterwards: no torn key can be read.
            var state = Volatile.Read(ref entry.State);
            if (state == Free)
            {
                subject = default;
                return false;
            }
            if (entry.Alias == alias)
            {
                subject = state == Linked ? entry.Subject : default;
                return state == Linked;
            }
        }
    }

    /// <summary>
    /// Marks the items that leave, carry their own id and tell of an alias what was not known. Whoever can write a record must not teach from it, or
    /// setting another's e-mail as one's own would make that person's records count as one's own: so nobody teaches from the own record, and
    /// who names no account teaches nothing.
    /// </summary>
    public void Mark(Exchange exchange, KeyRing keys)
    {
        if (exchange.Identity is not { Claims.Count: > 0, Rung: not Rung.Session })
        {
            return;
        }
        foreach (ref var item in exchange.Items.Span)
        {
            item.Teaches =
                item.HasOwnId
                && item.Outcome == ItemOutcome.Released
                && TellsSomething(exchange, item)
                && !OwnRecords.Hold(keys, exchange, item.Subject);
        }
    }

    /// <summary>Learns what the items marked in a journalled exchange teach.</summary>
    public void Learn(Exchange exchange)
    {
        foreach (ref readonly var item in exchange.Items.Span)
        {
            if (item.Teaches)
            {
                foreach (ref readonly var alias in exchange.Aliases.Span.Slice(item.FirstAlias, item.AliasCount))
                {
                    Learn(alias.Key, item.Subject);
                }
            }
        }
    }

    private bool TellsSomething(Exchange exchange, in ItemFact item)
    {
        foreach (ref readonly var alias in exchange.Aliases.Span.Slice(item.FirstAlias, item.AliasCount))
        {
            if (!TryFind(alias.Key, out var known) || known != item.Subject)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Links an alias to a subject, or makes it ambiguous when it led to another.</summary>
    public void Learn(Key128 alias, Key128 subject)
    {
        if (TryFind(alias, out var known) && known == subject)
        {
            return;
        }
        lock (_lock)
        {
            var at = Place(_entries, alias);
            ref var entry = ref _entries[at];
            if (entry.State != Free)
            {
                if (entry.Subject != subject)
                {
                    Volatile.Write(ref entry.State, Ambiguous);
                }
                return;
            }
            if (Count >= _capacity || !TryCount(subject))
            {
                return;
            }
            if ((Count + 1) * 4 > _entries.Length * 3)
            {
                Grow();
                entry = ref _entries[Place(_entries, alias)];
            }
            entry.Alias = alias;
            entry.Subject = subject;
            Volatile.Write(ref entry.State, Linked);
            Count++;
        }
    }

    private static int Place(Entry[] entries, Key128 alias)
    {
        var mask = entries.Length - 1;
        var at = (int)alias.Low & mask;
        while (entries[at].State != Free && entries[at].Alias != alias)
        {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void Grow()
    {
        var larger = new Entry[_entries.Length * 2];
        foreach (ref readonly var entry in _entries.AsSpan())
        {
            if (entry.State != Free)
            {
                larger[Place(larger, entry.Alias)] = entry;
            }
        }
        Volatile.Write(ref _entries, larger);
    }

    // Under the lock. Eight bytes of the keyed hash are enough: a collision only refuses a link.
    private bool TryCount(Key128 subject)
    {
        if ((_subjects + 1) * 4 > _counts.Length * 3)
        {
            var smaller = _counts;
            _counts = new SubjectCount[smaller.Length * 2];
            foreach (ref readonly var count in smaller.AsSpan())
            {
                if (count.Aliases != 0)
                {
                    CountOf(count.Subject) = count;
                }
            }
        }
        ref var own = ref CountOf(subject.Low);
        if (own.Aliases >= MaxPerSubject)
        {
            return false;
        }
        _subjects += own.Aliases == 0 ? 1 : 0;
        own.Subject = subject.Low;
        own.Aliases++;
        return true;
    }

    private ref SubjectCount CountOf(ulong subject)
    {
        var mask = _counts.Length - 1;
        var at = (int)subject & mask;
        while (_counts[at].Aliases != 0 && _counts[at].Subject != subject)
        {
            at = (at + 1) & mask;
        }
        return ref _counts[at];
    }

    private struct Entry
    {
        public Key128 Alias;
        public Key128 Subject;
        public int State;
    }

    private struct SubjectCount
    {
        public ulong Subject;
        public int Aliases;
    }
}

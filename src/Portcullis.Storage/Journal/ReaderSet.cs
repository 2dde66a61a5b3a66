namespace Portcullis.Storage.Journal;

/// <summary>The readers of one journal: whom an append wakes, and how far all of them have come.</summary>
internal sealed class ReaderSet
{
    private readonly object _signal = new();
    private JournalReader[] _readers = [];
    private int _waiting;

    /// <summary>The lowest sequence that every reader has passed; <see cref="long.MaxValue"/> without readers.</summary>
    public long Passed
    {
        get
        {
            var passed = long.MaxValue;
            foreach (var reader in Volatile.Read(ref _readers))
            {
                passed = Math.Min(passed, reader.Passed);
            }
            return passed;
        }
    }

    public void Add(JournalReader reader)
    {
        lock (_signal)
        {
            _readers = [.. _readers, reader];
        }
    }

    public void Remove(JournalReader reader)
    {
        lock (_signal)
        {
            _readers = [.. _readers.Where(other => other != reader)];
        }
    }

    /// <summary>Wakes readers that wait; costs a memory barrier when none does.</summary>
    public void Wake()
    {
        // Orders the append before the look at _waiting, as Wait orders its mark before the look at the journal.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiting) != 0)
        {
            lock (_signal)
            {
                Monitor.PulseAll(_signal);
            }
        }
    }

    /// <summary>Blocks until <paramref name="hasMore"/> holds or the time is over.</summary>
    public bool Wait(JournalReader reader, Func<JournalReader, bool> hasMore, int milliseconds)
    {
        lock (_signal)
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                while (!hasMore(reader))
                {
                    // A pulse may be about a record that this reader has taken meanwhile.
                    if (!Monitor.Wait(_signal, milliseconds))
                    {
                        return hasMore(reader);
                    }
                }
                return true;
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }
    }
}

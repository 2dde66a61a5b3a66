namespace Portcullis.Storage;

/// <summary>A store that is filled from the journal: its rows and its journal position change in one transaction.</summary>
internal interface IJournalStore : IDisposable
{
    string Name { get; }

    /// <summary>Everything up to here is in committed rows.</summary>
    long Position { get; }

    /// <summary>Everything up to here would survive a power cut, so its journal segments may go.</summary>
    long DurablePosition { get; }

    /// <summary>Gathers one record for the next commit; returns how many rows it makes.</summary>
    int Take(long sequence, ReadOnlySpan<byte> record);

    /// <summary>Commits what was gathered; on a throw nothing of it is kept, gathered or committed.</summary>
    void Commit();

    /// <summary>Makes <see cref="DurablePosition"/> follow <see cref="Position"/>.</summary>
    void MakeDurable();

    /// <summary>Gives back memory that only makes the next commit faster; nothing has come for a while.</summary>
    void Rest();

    /// <summary>Deletes rows past retention.</summary>
    void Prune(long now);
}

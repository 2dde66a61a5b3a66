namespace Portcullis.Storage.Journal;

/// <summary>What a journal record survives before the first response byte leaves.</summary>
public enum Durability
{
    /// <summary>The death of the process: the record is in the kernel's page cache.</summary>
    Process = 0,

    /// <summary>A power cut: one fsync serves all exchanges that wait for it.</summary>
    Power = 1,

    /// <summary>Nothing: records wait in memory and stores that read them may keep them. For drills, whose releases are not real.</summary>
    Buffered = 2,
}

using Portcullis.Core.Traffic;
using Portcullis.Storage.Journal;
using Portcullis.Storage.Keys;

namespace Portcullis.Storage;

/// <summary>How one gateway keeps what it remembers.</summary>
public sealed record StorageOptions
{
    /// <summary>The data folder; made if missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the ledger keys come from; null keeps them in <c>FOLDER.key</c>, beside the data folder.</summary>
    public LedgerKeyOptions? Keys { get; init; }

    public Durability Durability { get; init; } = Durability.Process;

    /// <summary>Bytes of one journal segment.</summary>
    public long SegmentSize { get; init; } = 64 << 20;

    /// <summary>Most bytes of all journal segments; beyond it appends fail until the stores have followed.</summary>
    public long JournalSize { get; init; } = 16L << 30;

    /// <summary>True to open a damaged journal without what cannot be read.</summary>
    public bool Repair { get; init; }

    /// <summary>How long the ledger keeps a row after its latest release; 31 days or more, because budgets are restored from it.</summary>
    public TimeSpan LedgerRetention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long exchanges are kept one by one.</summary>
    public TimeSpan HistoryRetention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Most exchanges the history keeps in which nobody's record left: refused ones with the items that were refused, and those of anonymous
    /// callers whose answer was read and had no record. The oldest go first, but the first of an operation on each day stays. All others
    /// are kept by <see cref="HistoryRetention"/> alone, what was only marked for refusal among them.
    /// </summary>
    public long EmptyExchangesKept { get; init; } = 5_000_000;

    /// <summary>Most memory for the history's buffers, in MiB; 64 or more. A question that needs more goes through files beside the history.</summary>
    public int HistoryMemory { get; init; } = 64;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The machine's uptime, by which a wall clock that was stepped while no gateway ran shows.</summary>
    public Func<Uptime?> Uptime { get; init; } = MachineUptime.Read;

    /// <summary>Told what operators must know of the data folder: torn tails, lost folders, rotations.</summary>
    public Action<string> Note { get; init; } = static _ => { };

    /// <summary>Told when a background store fails (full disk), with its name; it is tried again by itself.</summary>
    public Action<string, Exception> StoreFailed { get; init; } = static (_, _) => { };
}

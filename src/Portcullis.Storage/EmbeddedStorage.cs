using Portcullis.Core;
using Portcullis.Core.Hashing;
using Portcullis.Core.Policy;
using Portcullis.Storage.DuckDb;
using Portcullis.Storage.Journal;
using Portcullis.Storage.Keys;
using Portcullis.Storage.Sqlite;

namespace Portcullis.Storage;

/// <summary>
/// Everything one gateway keeps on its own disk: locked folder, ledger key, journal, state and history. In order: <see cref="Open"/>, a
/// <see cref="GateState"/> on <see cref="Keys"/> and <see cref="Journal"/> whose clock starts at <see cref="NotBefore"/>,
/// <see cref="Restore"/>, the policy compiled against the state's operations, <see cref="RestoreBudgets"/>, <see cref="Start"/>.
/// </summary>
public sealed class EmbeddedStorage : IDisposable, IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly StateStore _state;
    private readonly HistoryStore _history;
    private readonly JournalTailer _stateTailer;
    private readonly JournalTailer _historyTailer;
    private readonly StateReader _reader;
    private readonly EmbeddedLedger _ledger;
    private bool _isStarted;
    private bool _isDisposed;

    private EmbeddedStorage(StorageOptions options, DataFolder folder)
    {
        _folder = folder;
        var keys =
            options.Keys ?? new LedgerKeyOptions { File = folder.Path.TrimEnd(System.IO.Path.DirectorySeparatorChar) + ".key" };
        Keys = LedgerKeys.Open(folder, keys, options.Note);
        _state = new StateStore(folder.StateFile, options.LedgerRetention);
        _history = new HistoryStore(folder.HistoryFile, options.HistoryRetention, options.HistoryMemory);
        Journal = OpenJournal(options);
        foreach (var note in Journal.Report.Notes)
        {
            options.Note(note);
        }
        Report(_state, options);
        Report(_history, options);
        _stateTailer = new JournalTailer(Journal, _state, options.Time, options.StoreFailed);
        _historyTailer = new JournalTailer(Journal, _history, options.Time, options.StoreFailed);
        _reader = new StateReader(folder.StateFile);
        _ledger = new EmbeddedLedger(_history, _reader, _stateTailer, _historyTailer);
        NotBefore = Math.Max(_state.LatestTime, TimeOfTail());
    }

    /// <summary>Keys for everything personal.</summary>
    public KeyRing Keys { get; }

    public FileJournal Journal { get; }

    /// <summary>Gate time of the latest record: the clock goes on from there.</summary>
    public long NotBefore { get; }

    /// <summary>Questions to what was recorded.</summary>
    public EmbeddedLedger Ledger => _ledger;

    /// <summary>Opens a data folder, or makes one.</summary>
    /// <exception cref="DataFolderException">It is in use, or its key is missing.</exception>
    /// <exception cref="JournalDamagedException">The journal has a hole.</exception>
    public static EmbeddedStorage Open(StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = DataFolder.Open(options.Folder);
        try
        {
            return new EmbeddedStorage(options, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Puts back operations, names, callers, restrictions, mode switches, revocations and links: first the database, then the journal after it.</summary>
    public void Restore(GateState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_state.FoundedAt > 0)
        {
            state.Identity.FoundedAt = _state.FoundedAt;
        }
        var restore = new GateRestore(state);
        _reader.RestoreFacts(state, restore);
        using var tail = Journal.ReadAfter(_state.Position);
        while (tail.TryRead(out var record))
        {
            restore.Record(record);
        }
    }

    /// <summary>Puts used budgets back, as the budgets of the policy that will be in force add them up.</summary>
    public void RestoreBudgets(GateState state, PolicySnapshot policy)
    {
        var restore = new BudgetRestore(state, policy);
        _reader.RestoreBudgets(restore);
        using var tail = Journal.ReadAfter(_state.Position);
        while (tail.TryRead(out var record))
        {
            restore.Record(record);
        }
    }

    /// <summary>Starts filling the stores in the background.</summary>
    public void Start()
    {
        _isStarted = true;
        _stateTailer.Start();
        _historyTailer.Start();
    }

    /// <summary>Waits until the stores hold everything appended so far; false when the time is over first.</summary>
    public bool CatchUp(TimeSpan timeout) => _isStarted && _stateTailer.CatchUp(timeout) && _historyTailer.CatchUp(timeout);

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        _stateTailer.Dispose();
        _historyTailer.Dispose();
        _ledger.Dispose();
        _reader.Dispose();
        _history.Dispose();
        _state.Dispose();
        Journal.Dispose();
        _folder.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        // Closing waits for two threads to commit what they hold.
        return new ValueTask(Task.Run(Dispose));
    }

    private FileJournal OpenJournal(StorageOptions options)
    {
        try
        {
            return FileJournal.Open(
                new JournalOptions
                {
                    Folder = _folder.JournalFolder,
                    Durability = options.Durability,
                    SegmentSize = options.SegmentSize,
                    KeyId = Keys.Id,
                    Repair = options.Repair,
                    UsedSequence = Math.Max(_state.Position, _history.Position),
                }
            );
        }
        catch
        {
            _state.Dispose();
            _history.Dispose();
            throw;
        }
    }

    private void Report(IJournalStore store, StorageOptions options)
    {
        if (store.Position > 0 && store.Position + 1 < Journal.Report.FirstSequence)
        {
            options.Note(
                $"{_folder.Path}: the journal begins at record {Journal.Report.FirstSequence}, the {store.Name} store ends at {store.Position}: what is between is lost to it. Restore the journal segments from a backup if there is one."
            );
        }
    }

    private long TimeOfTail()
    {
        long latest = 0;
        using var tail = Journal.ReadAfter(_state.Position);
        while (tail.TryRead(out var record))
        {
            latest = Math.Max(latest, RecordTime.Of(record));
        }
        return latest;
    }
}

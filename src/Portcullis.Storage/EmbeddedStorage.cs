using System.Globalization;
using Portcullis.Core;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;
using Portcullis.Storage.DuckDb;
using Portcullis.Storage.Journal;
using Portcullis.Storage.Keys;
using Portcullis.Storage.Sqlite;

namespace Portcullis.Storage;

/// <summary>
/// Everything one gateway keeps on its own disk: locked folder, ledger key, journal, state and history.
/// </summary>
public sealed class EmbeddedStorage : IGateStorage, IAsyncDisposable
{
    // Gate time may follow the wall clock by a thousandth of elapsed time; what differs more was stepped.
    private const long StepMilliseconds = 60_000;
    private const int SlewPerThousand = 1;

    private readonly StorageOptions _options;
    private readonly DataFolder _folder;
    private readonly StateStore _state;
    private readonly HistoryDatabase _historyDatabase;
    private readonly HistoryStore _history;
    private readonly JournalTailer _stateTailer;
    private readonly JournalTailer _historyTailer;
    private readonly StateReader _reader;
    private readonly EmbeddedLedger _ledger;
    private bool _isStarted;
    private bool _isDisposed;

    private EmbeddedStorage(StorageOptions options, DataFolder folder)
    {
        _options = options;
        _folder = folder;
        var keys =
            options.Keys ?? new LedgerKeyOptions { File = folder.Path.TrimEnd(System.IO.Path.DirectorySeparatorChar) + ".key" };
        Keys = LedgerKeys.Open(folder, keys, options.Note);
        _state = new StateStore(folder.StateFile, options.LedgerRetention);
        _historyDatabase = new HistoryDatabase(folder.HistoryFile, options.HistoryMemory);
        _history = new HistoryStore(_historyDatabase, options.HistoryRetention, options.EmptyExchangesKept);
        Journal = OpenJournal(options);
        foreach (var note in Journal.Report.Notes)
        {
            options.Note(note);
        }
        Report(_state, options);
        Report(_history, options);
        _stateTailer = new JournalTailer(Journal, _state, options.Time, options.StoreFailed);
        _historyTailer = new JournalTailer(Journal, _history, options.Time, options.StoreFailed);
        TakeTail();
        _reader = new StateReader(folder.StateFile);
        _ledger = new EmbeddedLedger(
            _historyDatabase,
            _reader,
            _stateTailer,
            _historyTailer,
            () => (Journal.DiskBytes, options.JournalSize)
        );
        NotBefore = _state.LatestTime;
    }

    public KeyRing Keys { get; }

    public FileJournal Journal { get; }

    IJournal IGateStorage.Journal => Journal;

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

    /// <summary>
    /// The gate's clock. It goes on from the latest record; and if the wall clock was stepped since the last start on this boot of the
    /// machine, it goes on by the machine's own time, so that a step while no gateway ran neither refunds nor expires anything.
    /// </summary>
    /// <param name="time">A made-up time, of a drill; null for that of the options.</param>
    public GateClock NewClock(TimeProvider? time = null)
    {
        time ??= _options.Time;
        var uptime = ReferenceEquals(time, _options.Time) ? _options.Uptime : null;
        var wall = time.GetUtcNow().ToUnixTimeMilliseconds();
        var start = wall;
        if (uptime?.Invoke() is { } now && _reader.PolicyInForce() is { } then && then["boot"] == now.Boot)
        {
            var elapsed = now.Milliseconds - long.Parse(then["uptime"]!, CultureInfo.InvariantCulture);
            var expected = then.At + elapsed;
            if (Math.Abs(wall - expected) > StepMilliseconds + (elapsed * SlewPerThousand / 1000))
            {
                start = expected;
                _options.Note(
                    $"The wall clock was stepped by {TimeSpan.FromMilliseconds(wall - expected):c} since the last start. Budgets go on by the machine's own time, and follow the wall clock slowly."
                );
            }
        }
        return new GateClock(time, NotBefore, start, uptime);
    }

    public void Restore(GateState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_state.FoundedAt > 0)
        {
            state.Identity.FoundedAt = _state.FoundedAt;
        }
        var restore = new GateRestore(state);
        _reader.RestoreFacts(state, restore);
    }

    public void RestoreBudgets(GateState state, PolicySnapshot policy)
    {
        _reader.RestoreBudgets(new BudgetRestore(state, policy));
        _reader.Rest();
    }

    /// <summary>
    /// Puts a changed policy in force in a gate that runs. Budgets it adds begin with all that was released before: first what the database
    /// holds, then the journal after it, its last records under the lock under which the policy changes.
    /// </summary>
    public void Use(GateState state, PolicySnapshot policy)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(policy);
        var added = BudgetRestore.Added(state.Policy, policy);
        if (added.Count == 0)
        {
            state.Use(policy);
            return;
        }
        var restore = new BudgetRestore(state, policy, added);
        // The reader comes first: from then on no segment goes that the database does not hold yet.
        using var tail = Journal.ReadAfter(_state.Position);
        using var reader = new StateReader(_folder.StateFile);
        var position = reader.RestoreBudgets(restore);
        Replay(tail, position, restore);
        state.Use(policy, () => Replay(tail, position, restore));
    }

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
                    MaxBytes = options.JournalSize,
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

    private static void Replay(JournalReader tail, long position, BudgetRestore restore)
    {
        while (tail.TryRead(out var record))
        {
            if (tail.Position > position)
            {
                restore.Record(record);
            }
        }
    }

    // What was appended after the state's last commit is taken in before anything is restored, so that the journal is read once.
    private void TakeTail()
    {
        try
        {
            _stateTailer.TakeTail();
        }
        catch (IOException fault) when (fault is not JournalDamagedException)
        {
            throw new DataFolderException(
                $"{_folder.StateFile} cannot be written: {fault.Message} Free space in {_folder.Path}; the journal keeps everything until then.",
                fault
            );
        }
    }
}

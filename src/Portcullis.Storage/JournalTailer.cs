using Portcullis.Analysis.Exposures;
using Portcullis.Storage.Journal;

namespace Portcullis.Storage;

/// <summary>
/// The background thread of one store: follows the journal, commits in batches, and lets segments go once they are safe. A store that fails
/// (full disk, lock) is tried again from its committed position while the journal keeps what it lacks.
/// </summary>
internal sealed class JournalTailer : IDisposable
{
    private const int BatchRows = 65_536;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RestAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(6);

    private readonly FileJournal _journal;
    private readonly IJournalStore _store;
    private readonly TimeProvider _time;
    private readonly Action<string, Exception> _failed;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();
    private readonly AutoResetEvent _hurry = new(initialState: false);
    private readonly object _progress = new();
    private JournalReader _reader;
    private long _wanted;
    private long _prunedAt;
    private long _restAt;
    private int _gathered;
    private string? _failure;

    /// <param name="journal">What to follow.</param>
    /// <param name="store">What to fill.</param>
    /// <param name="time">Source of all time.</param>
    /// <param name="failed">Told of each failed commit, with the store's name.</param>
    public JournalTailer(FileJournal journal, IJournalStore store, TimeProvider time, Action<string, Exception> failed)
    {
        _journal = journal;
        _store = store;
        _time = time;
        _failed = failed;
        _reader = journal.ReadAfter(store.Position);
        _reader.Passed = store.DurablePosition;
        _thread = new Thread(Run) { IsBackground = true, Name = $"{store.Name} tailer" };
    }

    public long Position => _store.Position;

    /// <summary>How far the store is, and what keeps it from going on.</summary>
    public StoreStanding Standing => new(_store.Name, _store.Position, Volatile.Read(ref _failure));

    public void Start() => _thread.Start();

    /// <summary>Commits what the journal holds on the caller's thread, before <see cref="Start"/>.</summary>
    public void TakeTail()
    {
        while (_reader.TryRead(out var record))
        {
            _gathered += _store.Take(_reader.Position, record);
            if (_gathered >= BatchRows)
            {
                Commit();
            }
        }
        if (_gathered > 0)
        {
            Commit();
        }
    }

    /// <summary>Waits until everything appended so far is committed; false when the time is over first.</summary>
    public bool CatchUp(TimeSpan timeout)
    {
        var target = _journal.LastSequence;
        var started = _time.GetTimestamp();
        lock (_progress)
        {
            Volatile.Write(ref _wanted, Math.Max(_wanted, target));
            _hurry.Set();
            while (_store.Position < target)
            {
                var rest = timeout - _time.GetElapsedTime(started);
                if (rest <= TimeSpan.Zero || _stop.IsSet)
                {
                    return false;
                }
                Monitor.Wait(_progress, rest);
            }
            return true;
        }
    }

    /// <summary>Commits what the journal holds and ends the thread.</summary>
    public void Dispose()
    {
        _stop.Set();
        _hurry.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
        _reader.Dispose();
        _stop.Dispose();
        _hurry.Dispose();
    }

    private void Run()
    {
        var failures = 0;
        while (true)
        {
            try
            {
                if (!Step())
                {
                    return;
                }
                failures = 0;
                Volatile.Write(ref _failure, null);
            }
#pragma warning disable CA1031 // Whatever a driver throws, the journal still holds the records and the next attempt reads them again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Volatile.Write(ref _failure, fault.Message);
                _failed(_store.Name, fault);
                Reread();
                // Whoever asks for the latest makes it try again at once.
                _hurry.WaitOne(TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(failures++, 5))));
                if (_stop.IsSet)
                {
                    return;
                }
            }
        }
    }

    // Gathers one batch and commits it; false when stopped and done.
    private bool Step()
    {
        var hasLingered = false;
        while (true)
        {
            if (_reader.TryRead(out var record))
            {
                _gathered += _store.Take(_reader.Position, record);
                if (_gathered >= BatchRows)
                {
                    Commit();
                    return true;
                }
                continue;
            }
            var isAsked = _stop.IsSet || Volatile.Read(ref _wanted) > _store.Position;
            if (_gathered > 0 && (isAsked || hasLingered))
            {
                Commit();
                return true;
            }
            if (_gathered == 0 && _stop.IsSet)
            {
                return false;
            }
            hasLingered = _gathered > 0;
            Pause();
        }
    }

    private void Pause()
    {
        if (_gathered == 0)
        {
            PruneWhenDue();
            RestWhenQuiet();
            _reader.Wait(Idle);
            return;
        }
        // A batch is open: let it gather. A kernel wait, because a spinning one would cost more than all the writing does.
        _hurry.WaitOne(Linger);
    }

    private void Commit()
    {
        _store.Commit();
        _gathered = 0;
        _restAt = _time.GetTimestamp() + (long)(RestAfter.TotalSeconds * _time.TimestampFrequency);
        var segments = _journal.Segments;
        if (
            segments.Length > 1
            && segments[1].FirstSequence - 1 <= _store.Position
            && segments[1].FirstSequence - 1 > _store.DurablePosition
        )
        {
            _store.MakeDurable();
        }
        _reader.Passed = _store.DurablePosition;
        _journal.DeleteThrough(long.MaxValue);
        lock (_progress)
        {
            Monitor.PulseAll(_progress);
        }
    }

    private void Reread()
    {
        _gathered = 0;
        var before = _reader;
        _reader = _journal.ReadAfter(_store.Position);
        _reader.Passed = _store.DurablePosition;
        before.Dispose();
    }

    // Once after each stretch of commits.
    private void RestWhenQuiet()
    {
        if (_restAt != 0 && _time.GetTimestamp() >= _restAt)
        {
            _restAt = 0;
            _store.Rest();
        }
    }

    private void PruneWhenDue()
    {
        if (_prunedAt == 0 || _time.GetElapsedTime(_prunedAt) >= PruneEvery)
        {
            _prunedAt = _time.GetTimestamp();
            _store.Prune(_time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }
}

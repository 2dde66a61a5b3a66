namespace Portcullis.Storage.Journal;

/// <summary>One background fsync that serves everybody who waits for it: the next group gathers while the disk works on this one.</summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly Func<long> _sync;
    private readonly Thread _thread;
    private TaskCompletionSource _group = NewGroup();
    private bool _isWanted;
    private bool _isStopped;
    private long _lowest = long.MaxValue;
    private long _durable;
    private long _lostAfter;
    private long _lostThrough;

    /// <param name="sync">Makes everything appended so far durable and returns the last sequence that is; throws IOException when it cannot.</param>
    public GroupCommit(Func<long> sync)
    {
        _sync = sync;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal fsync" };
        _thread.Start();
    }

    public ValueTask Wait(long sequence, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _durable) >= sequence && sequence > Volatile.Read(ref _lostThrough))
        {
            return ValueTask.CompletedTask;
        }
        Task group;
        lock (_lock)
        {
            if (_isStopped)
            {
                return ValueTask.FromException(new IOException("The journal is closed."));
            }
            if (IsLost(sequence))
            {
                return ValueTask.FromException(NotDurable());
            }
            if (_durable >= sequence)
            {
                return ValueTask.CompletedTask;
            }
            _lowest = Math.Min(_lowest, sequence);
            group = _group.Task;
            if (!_isWanted)
            {
                _isWanted = true;
                _wanted.Release();
            }
        }
        return new ValueTask(cancellation.CanBeCanceled ? group.WaitAsync(cancellation) : group);
    }

    /// <summary>What was appended but not yet durable lies in a file that cannot be synced any more: whoever waits for it, now or later, fails.</summary>
    /// <param name="last">The last sequence in that file.</param>
    public void GiveUp(long last)
    {
        lock (_lock)
        {
            _lostAfter = _durable;
            Volatile.Write(ref _lostThrough, last);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isStopped)
            {
                return;
            }
            _isStopped = true;
            _wanted.Release();
        }
        _thread.Join();
        _wanted.Dispose();
    }

    private static IOException NotDurable() => new("The record lies in a journal file that could not be made durable.");

    private bool IsLost(long sequence) => sequence > _lostAfter && sequence <= _lostThrough;

    private static TaskCompletionSource NewGroup() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run()
    {
        while (true)
        {
            _wanted.Wait();
            TaskCompletionSource group;
            long lowest;
            bool isStopped;
            lock (_lock)
            {
                // Whoever joined this group appended before it, so what the sync sees includes their records.
                group = _group;
                lowest = _lowest;
                _group = NewGroup();
                _lowest = long.MaxValue;
                _isWanted = false;
                isStopped = _isStopped;
            }
            try
            {
                var durable = _sync();
                lock (_lock)
                {
                    Volatile.Write(ref _durable, durable);
                    if (IsLost(lowest))
                    {
                        throw NotDurable();
                    }
                }
                group.SetResult();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                group.SetException(fault as IOException ?? new IOException("The journal could not be made durable.", fault));
                // Whether anybody waited or not, the failure has been dealt with.
                _ = group.Task.Exception;
            }
            if (isStopped)
            {
                return;
            }
        }
    }
}

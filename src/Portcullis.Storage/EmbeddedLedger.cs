using Portcullis.Analysis.Exposures;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;
using Portcullis.Storage.DuckDb;
using Portcullis.Storage.Sqlite;

namespace Portcullis.Storage;

/// <summary>Answers operators' questions from the history, with names and alias links from the state. Runs on its own connections.</summary>
public sealed class EmbeddedLedger : ILedger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HistoryQueries _queries;
    private readonly StateReader _state;
    private readonly JournalTailer _stateTailer;
    private readonly JournalTailer _historyTailer;
    private readonly Func<(long Bytes, long Limit)> _journal;

    internal EmbeddedLedger(
        HistoryDatabase history,
        StateReader state,
        JournalTailer stateTailer,
        JournalTailer historyTailer,
        Func<(long Bytes, long Limit)> journal
    )
    {
        _queries = new HistoryQueries(history);
        _journal = journal;
        _state = state;
        _stateTailer = stateTailer;
        _historyTailer = historyTailer;
    }

    public long Position => Math.Min(_stateTailer.Position, _historyTailer.Position);

    public LedgerStanding Standing
    {
        get
        {
            var (bytes, limit) = _journal();
            return new LedgerStanding(bytes, limit, [_stateTailer.Standing, _historyTailer.Standing]);
        }
    }

    public Task CatchUpAsync(long sequence, CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                if (Position < sequence && !(_stateTailer.CatchUp(Patience) && _historyTailer.CatchUp(Patience)))
                {
                    throw new IOException($"The ledger stands at record {Position} and did not reach {sequence} in time.");
                }
            },
            cancellation
        );

    public Task<IReadOnlyList<ExposureEntry>> WhoSawAsync(IReadOnlyList<Key128> keys, int take, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<ExposureEntry>>(
            () =>
            {
                var subjects = new HashSet<Key128>();
                foreach (var key in keys)
                {
                    _state.AddSubjects(key, subjects);
                }
                return _queries.WhoSaw(subjects, take);
            },
            cancellation
        );

    public Task<CallerExposure?> ExposureAsync(Key128 caller, CancellationToken cancellation) =>
        Task.Run(() => _queries.Exposure(caller), cancellation);

    public Task<IReadOnlyList<CallerEntry>> CallersAsync(CallerOrder order, int take, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<CallerEntry>>(() => _queries.Callers(order, take), cancellation);

    public Task<ExchangeEntry?> ExchangeAsync(long sequence, CancellationToken cancellation) =>
        Task.Run(() => _queries.Exchanges($"sequence = {sequence}", 1, _state.Names()).FirstOrDefault(), cancellation);

    public Task<IReadOnlyList<ExchangeEntry>> ExchangesAsync(
        Key128 caller,
        long from,
        long to,
        int take,
        CancellationToken cancellation
    ) =>
        Task.Run<IReadOnlyList<ExchangeEntry>>(
            () =>
                _queries.Exchanges(
                    $"caller_high = {(long)caller.High} AND caller_low = {(long)caller.Low} AND started BETWEEN {from} AND {to}",
                    take,
                    _state.Names()
                ),
            cancellation
        );

    public Task<IReadOnlyList<ExchangeEntry>> UnmeasuredAsync(int take, long before, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<ExchangeEntry>>(
            () =>
                _queries.Exchanges(
                    $"sequence < {before} AND release = {(int)ReleaseKind.Unmeasured} AND NOT (flags & 1 = 1 AND verdict >= {(int)VerdictKind.Throttle})",
                    take,
                    _state.Names()
                ),
            cancellation
        );

    public Task<IReadOnlyList<EventEntry>> EventsAsync(int take, long before, CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<EventEntry>>(() => _state.Events(take, before), cancellation);

    public Task<IReadOnlyList<OperationUsage>> UsageAsync(CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<OperationUsage>>(() => _queries.Usage(_state.Names()), cancellation);

    /// <summary>Items that left in each stretch of time (milliseconds), oldest first; stretches without any are left out.</summary>
    public Task<IReadOnlyList<(long From, long Items)>> CurveAsync(
        long from,
        long to,
        long step,
        CancellationToken cancellation
    ) => Task.Run<IReadOnlyList<(long From, long Items)>>(() => _queries.Curve(from, to, step), cancellation);
}

using Portcullis.Core.Hashing;

namespace Portcullis.Analysis.Exposures;

/// <summary>
/// Questions to everything the journal recorded: who received whose record, what a caller did, what would have been refused. Callers and
/// subjects are named by keyed hash only. A ledger follows the journal, so it answers for what came up to <see cref="Position"/>.
/// </summary>
public interface ILedger
{
    /// <summary>Sequence number of the latest journal record taken in.</summary>
    long Position { get; }

    /// <summary>How the stores behind this ledger stand to the journal.</summary>
    LedgerStanding Standing { get; }

    /// <summary>Completes once everything up to <paramref name="sequence"/> can be asked for.</summary>
    Task CatchUpAsync(long sequence, CancellationToken cancellation);

    /// <summary>
    /// Every exposure of the subjects that any of the keys leads to, as canonical key or as alias, also exposures recorded before the alias
    /// was seen with the subject; newest first.
    /// </summary>
    Task<IReadOnlyList<ExposureEntry>> WhoSawAsync(IReadOnlyList<Key128> keys, int take, CancellationToken cancellation);

    /// <summary>What one rung or anonymous network received; null when it was never seen.</summary>
    Task<CallerExposure?> ExposureAsync(Key128 caller, CancellationToken cancellation);

    /// <summary>Callers, first in the given order.</summary>
    Task<IReadOnlyList<CallerEntry>> CallersAsync(CallerOrder order, int take, CancellationToken cancellation);

    /// <summary>One exchange by its sequence number; null when that record is no exchange or past retention.</summary>
    Task<ExchangeEntry?> ExchangeAsync(long sequence, CancellationToken cancellation);

    /// <summary>A caller's exchanges that started between two times, both included, newest first.</summary>
    Task<IReadOnlyList<ExchangeEntry>> ExchangesAsync(
        Key128 caller,
        long from,
        long to,
        int take,
        CancellationToken cancellation
    );

    /// <summary>Answers that left without being read, recorded before a sequence number, newest first.</summary>
    Task<IReadOnlyList<ExchangeEntry>> UnmeasuredAsync(int take, long before, CancellationToken cancellation);

    /// <summary>
    /// What operators and policies changed, recorded before a sequence number, newest first; links of credentials to accounts are left out.
    /// </summary>
    Task<IReadOnlyList<EventEntry>> EventsAsync(int take, long before, CancellationToken cancellation);

    /// <summary>What traffic taught of each operation, by operation index.</summary>
    Task<IReadOnlyList<OperationUsage>> UsageAsync(CancellationToken cancellation);
}

using Portcullis.Analysis.Exposures;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Records;

namespace Portcullis.Drills.Replay;

/// <summary>Tails the records of a monitored gate as a store would, and tells by operation what they taught.</summary>
internal sealed class LearningJournal : IJournal
{
    private const long DayMilliseconds = 86_400_000;

    private readonly Dictionary<int, Learned> _operations = [];
    private readonly Dictionary<int, string> _reasons = [];

    public long LastSequence { get; private set; }

    /// <summary>What traffic taught of each operation, by index.</summary>
    public IEnumerable<OperationUsage> Usage =>
        _operations.OrderBy(pair => pair.Key).Select(pair => pair.Value.ToUsage(pair.Key, _reasons));

    public long Append(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record);
        switch ((RecordKind)reader.Byte())
        {
            case RecordKind.Name:
                var name = NameRecord.Read(ref reader);
                _reasons[name.Number] = name.Name;
                break;
            case RecordKind.Exchange:
                Learn(ExchangeRecord.Read(ref reader));
                break;
        }
        return ++LastSequence;
    }

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) => ValueTask.CompletedTask;

    private void Learn(ExchangeRecord exchange)
    {
        if (exchange.Operation < 0)
        {
            return;
        }
        if (!_operations.TryGetValue(exchange.Operation, out var learned))
        {
            _operations[exchange.Operation] = learned = new Learned(exchange.StartedAt);
        }
        learned.Add(exchange);
    }

    private sealed class Learned(long firstSeen)
    {
        private readonly HashSet<Key128> _callers = [];
        private readonly Dictionary<(Key128 Caller, long Day), HashSet<Key128>> _daily = [];
        private readonly Dictionary<int, (long Exchanges, long Enforced, HashSet<Key128> Callers)> _objections = [];
        private long _exchanges;

        public void Add(ExchangeRecord exchange)
        {
            var caller = exchange.Rungs.Length > 0 ? exchange.Rungs[0].Key : exchange.Network;
            _exchanges++;
            _callers.Add(caller);
            if (exchange.Verdict >= VerdictKind.Mask)
            {
                var seen = _objections.GetValueOrDefault(exchange.Reason, (0, 0, []));
                seen.Callers.Add(caller);
                _objections[exchange.Reason] = (seen.Exchanges + 1, seen.Enforced + (exchange.IsEnforced ? 1 : 0), seen.Callers);
            }
            foreach (var item in exchange.Items)
            {
                if (exchange.Exposes(item))
                {
                    PeopleOf(caller, exchange.StartedAt / DayMilliseconds).Add(item.Subject);
                }
            }
        }

        public OperationUsage ToUsage(int operation, Dictionary<int, string> reasons) =>
            new()
            {
                Operation = operation,
                Exchanges = _exchanges,
                Callers = _callers.Count,
                FirstSeen = firstSeen,
                MostPeople = _daily
                    .GroupBy(pair => pair.Key.Caller)
                    .Select(days => days.SelectMany(day => day.Value).Distinct().Count())
                    .DefaultIfEmpty()
                    .Max(),
                Daily = PeoplePerDay.Of(_daily.Select(day => (day.Key.Caller, day.Value.Count))),
                Objections =
                [
                    .. _objections
                        .Select(pair => new ObjectionCount(
                            reasons.GetValueOrDefault(pair.Key) ?? "",
                            pair.Value.Exchanges,
                            pair.Value.Callers.Count,
                            pair.Value.Enforced
                        ))
                        .OrderByDescending(objection => objection.Exchanges)
                        .ThenBy(objection => objection.Reason, StringComparer.Ordinal),
                ],
            };

        private HashSet<Key128> PeopleOf(Key128 caller, long day)
        {
            if (!_daily.TryGetValue((caller, day), out var people))
            {
                _daily[(caller, day)] = people = [];
            }
            return people;
        }
    }
}

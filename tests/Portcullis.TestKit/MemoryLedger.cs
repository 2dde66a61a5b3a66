using Portcullis.Analysis.Exposures;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;

namespace Portcullis.TestKit;

/// <summary>The plainest ledger there can be: reads the whole journal for every question. What real ledgers are compared with.</summary>
public sealed class MemoryLedger(MemoryJournal journal) : ILedger
{
    public long Position => journal.LastSequence;

    public LedgerStanding Standing => new(0, 0, []);

    public Task CatchUpAsync(long sequence, CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyList<ExposureEntry>> WhoSawAsync(IReadOnlyList<Key128> keys, int take, CancellationToken cancellation)
    {
        var all = Read();
        var subjects = all.SelectMany(one => one.Record.Items)
            .Where(item => keys.Contains(item.Subject) || item.Aliases.Any(alias => keys.Contains(alias.Key)))
            .Select(item => item.Subject)
            .ToHashSet();
        return Answer(
            from one in Enumerable.Reverse(all)
            from item in one.Record.Items
            where subjects.Contains(item.Subject)
            select new ExposureEntry(
                one.Sequence,
                one.Record.StartedAt,
                one.Record.Operation,
                one.Caller,
                one.Rung,
                one.Record.Network,
                item.Classes,
                item.Outcome
            ),
            take
        );
    }

    public Task<CallerExposure?> ExposureAsync(Key128 caller, CancellationToken cancellation)
    {
        var own = Read().Where(one => one.IsOf(caller)).ToList();
        if (own.Count == 0)
        {
            return Task.FromResult<CallerExposure?>(null);
        }
        var operations = own.GroupBy(one => one.Record.Operation)
            .Select(group => new OperationExposure(
                group.Key,
                group.Count(),
                People(group),
                group.SelectMany(Released).Aggregate(0UL, (classes, item) => classes | item.Classes),
                group.Max(one => one.Record.StartedAt)
            ))
            .OrderByDescending(operation => operation.People)
            .ToList();
        return Task.FromResult<CallerExposure?>(new CallerExposure(Entry(caller, own), operations));
    }

    public Task<IReadOnlyList<CallerEntry>> CallersAsync(CallerOrder order, int take, CancellationToken cancellation) =>
        Answer(
            Read()
                .GroupBy(one => one.Caller)
                .Select(group => Entry(group.Key, [.. group]))
                .OrderByDescending(caller =>
                    order switch
                    {
                        CallerOrder.Exchanges => caller.Exchanges,
                        CallerOrder.Refused => caller.Refused,
                        CallerOrder.Latest => caller.LastSeen,
                        _ => caller.People,
                    }
                ),
            take
        );

    public Task<ExchangeEntry?> ExchangeAsync(long sequence, CancellationToken cancellation) =>
        Task.FromResult(Read().Where(one => one.Sequence == sequence).Select(Entry).FirstOrDefault());

    public Task<IReadOnlyList<ExchangeEntry>> ExchangesAsync(
        Key128 caller,
        long from,
        long to,
        int take,
        CancellationToken cancellation
    ) =>
        Answer(
            Enumerable
                .Reverse(Read())
                .Where(one => one.IsOf(caller) && one.Record.StartedAt >= from && one.Record.StartedAt <= to)
                .Select(Entry),
            take
        );

    public Task<IReadOnlyList<ExchangeEntry>> UnmeasuredAsync(int take, long before, CancellationToken cancellation) =>
        Answer(
            Enumerable
                .Reverse(Read())
                .Where(one =>
                    one.Sequence < before
                    && one.Record.Release == ReleaseKind.Unmeasured
                    && !(one.Record.IsEnforced && one.Record.Verdict >= VerdictKind.Throttle)
                )
                .Select(Entry),
            take
        );

    public Task<IReadOnlyList<EventEntry>> EventsAsync(int take, long before, CancellationToken cancellation)
    {
        var events = new List<EventEntry>();
        for (var i = (int)Math.Min(journal.Records.Count, before - 1); i > 0 && events.Count < take; i--)
        {
            var reader = new RecordReader(journal.Records[i - 1]);
            if ((RecordKind)reader.Byte() == RecordKind.Event && EventRecord.Read(ref reader) is { Kind: not "account" } change)
            {
                events.Add(new EventEntry(i, change));
            }
        }
        return Task.FromResult<IReadOnlyList<EventEntry>>(events);
    }

    public Task<IReadOnlyList<OperationUsage>> UsageAsync(CancellationToken cancellation) =>
        Answer(Read().GroupBy(one => one.Record.Operation).Select(group => Usage(group.Key, [.. group])), int.MaxValue);

    private static OperationUsage Usage(int operation, IReadOnlyList<Line> lines) =>
        new()
        {
            Operation = operation,
            Exchanges = lines.Count,
            Callers = lines.Select(one => one.Caller).Distinct().Count(),
            FirstSeen = lines.Min(one => one.Record.StartedAt),
            MostPeople = lines.GroupBy(one => one.Caller).Max(People),
            Daily = PeoplePerDay.Of(
                lines
                    .GroupBy(one => (one.Caller, one.Record.StartedAt / 86_400_000))
                    .Select(day => (day.Key.Caller, People: People(day)))
                    .Where(day => day.People > 0)
            ),
            Objections =
            [
                .. lines
                    .Where(one => one.Reason is not null && one.Record.Verdict > VerdictKind.Observe)
                    .GroupBy(one => one.Reason!)
                    .Select(group => new ObjectionCount(
                        group.Key,
                        group.Count(),
                        group.Select(one => one.Caller).Distinct().Count(),
                        group.Count(one => one.Record.IsEnforced)
                    ))
                    .OrderByDescending(objection => objection.Exchanges),
            ],
        };

    private static CallerEntry Entry(Key128 caller, IReadOnlyList<Line> own) =>
        new(
            caller,
            own[0].Record.Rungs.Where(rung => rung.Key == caller).Select(rung => rung.Rung).FirstOrDefault(Rung.Network),
            own.Min(one => one.Record.StartedAt),
            own.Max(one => one.Record.StartedAt),
            own.Count,
            own.Count(one => one.Record.Verdict >= VerdictKind.Throttle),
            People(own)
        );

    private static int People(IEnumerable<Line> lines) =>
        lines.SelectMany(Released).Select(item => item.Subject).Distinct().Count();

    private static IEnumerable<ExchangeRecordItem> Released(Line line) =>
        line.Record.Items.Where(item => item.Outcome != ItemOutcome.Dropped);

    private static ExchangeEntry Entry(Line line) =>
        new()
        {
            Sequence = line.Sequence,
            At = line.Record.StartedAt,
            Operation = line.Record.Operation,
            Status = line.Record.Status,
            Verdict = line.Record.Verdict,
            IsEnforced = line.Record.IsEnforced,
            WasForwarded = line.Record.WasForwarded,
            Release = line.Record.Release,
            Reason = line.Reason,
            Caller = line.Caller,
            Rung = line.Rung,
            Network = line.Record.Network,
            Pools = line.Record.Pools,
            Items = line.Record.Items.Length,
            Released = Released(line).Count(),
            PhaseMilliseconds = line.Record.PhaseMilliseconds,
        };

    private static Task<IReadOnlyList<T>> Answer<T>(IEnumerable<T> rows, int take) =>
        Task.FromResult<IReadOnlyList<T>>(rows.Take(take).ToList());

    private List<Line> Read()
    {
        var names = new Dictionary<int, string>();
        var lines = new List<Line>();
        var records = journal.Records.ToArray();
        for (var i = 0; i < records.Length; i++)
        {
            var reader = new RecordReader(records[i]);
            var kind = (RecordKind)reader.Byte();
            if (kind == RecordKind.Name)
            {
                var name = NameRecord.Read(ref reader);
                names[name.Number] = name.Name;
            }
            else if (kind == RecordKind.Exchange)
            {
                var record = ExchangeRecord.Read(ref reader);
                lines.Add(new Line(i + 1, record, names.GetValueOrDefault(record.Reason)));
            }
        }
        return lines;
    }

    private sealed record Line(long Sequence, ExchangeRecord Record, string? Reason)
    {
        public Rung Rung => Record.Rungs.Length == 0 ? Rung.Network : Record.Rungs.Max(rung => rung.Rung);

        public Key128 Caller => Record.Rungs.Length == 0 ? Record.Network : Record.Rungs.First(rung => rung.Rung == Rung).Key;

        public bool IsOf(Key128 caller) =>
            Record.Rungs.Length == 0 ? Record.Network == caller : Record.Rungs.Any(rung => rung.Key == caller);
    }
}

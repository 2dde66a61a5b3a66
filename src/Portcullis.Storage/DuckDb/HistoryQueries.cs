using System.Globalization;
using DuckDB.NET.Data;
using Portcullis.Analysis.Exposures;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Storage.DuckDb;

/// <summary>Reads the history. Every value in its SQL is a number, so nothing a caller wrote ever reaches it.</summary>
internal sealed class HistoryQueries(HistoryDatabase database)
{
    private const string Refused = "verdict >= 4";

    public List<ExposureEntry> WhoSaw(IReadOnlyCollection<Key128> subjects, int take)
    {
        if (subjects.Count == 0)
        {
            return [];
        }
        var list = string.Join(", ", subjects.Select(subject => $"({(long)subject.High}, {(long)subject.Low})"));
        return Read(
            $"""
            SELECT sequence, started, operation, caller_high, caller_low, rung, network_high, network_low, classes, outcome
            FROM items WHERE exposed AND (subject_high, subject_low) IN ({list}) ORDER BY sequence DESC LIMIT {take}
            """,
            row => new ExposureEntry(
                row.GetInt64(0),
                row.GetInt64(1),
                row.GetInt32(2),
                Key(row, 3),
                (Rung)row.GetByte(5),
                Key(row, 6),
                row.GetFieldValue<ulong>(8),
                (ItemOutcome)row.GetByte(9)
            )
        );
    }

    public CallerExposure? Exposure(Key128 caller)
    {
        var who = $"caller_high = {(long)caller.High} AND caller_low = {(long)caller.Low}";
        if (CallersWhere(who, "people", 1) is not [var entry])
        {
            return null;
        }
        var operations = Read(
            $"""
            SELECT e.operation, e.n, coalesce(i.people, 0), coalesce(i.classes, 0), e."last" FROM
              (SELECT operation, count(*) n, max(started) "last" FROM exchanges WHERE {who} GROUP BY operation) e LEFT JOIN
              (SELECT operation, count(DISTINCT (subject_high, subject_low)) people, bit_or(classes) classes
               FROM items WHERE exposed AND {who} GROUP BY operation) i ON i.operation = e.operation ORDER BY 3 DESC, 1
            """,
            row => new OperationExposure(
                row.GetInt32(0),
                row.GetInt64(1),
                row.GetInt64(2),
                Convert.ToUInt64(row.GetValue(3), CultureInfo.InvariantCulture),
                row.GetInt64(4)
            )
        );
        return new CallerExposure(entry, operations);
    }

    public List<CallerEntry> Callers(CallerOrder order, int take) =>
        CallersWhere(
            "true",
            order switch
            {
                CallerOrder.Exchanges => "n",
                CallerOrder.Refused => "refused",
                CallerOrder.Latest => "e.\"last\"",
                _ => "people",
            },
            take
        );

    public List<ExchangeEntry> Exchanges(string where, int take, IReadOnlyDictionary<int, string> names) =>
        Read(
            $"""
            SELECT sequence, started, operation, status, verdict, flags, release, reason, caller_high, caller_low, rung, network_high,
              network_low, pools, items, released, head_ms, body_ms, answer_ms, commit_ms
            FROM exchanges WHERE {where} ORDER BY sequence DESC LIMIT {take}
            """,
            row => new ExchangeEntry
            {
                Sequence = row.GetInt64(0),
                At = row.GetInt64(1),
                Operation = row.GetInt32(2),
                Status = row.GetInt16(3),
                Verdict = (VerdictKind)row.GetByte(4),
                IsEnforced = (row.GetByte(5) & HistoryStore.Enforced) != 0,
                WasForwarded = (row.GetByte(5) & HistoryStore.Forwarded) != 0,
                Release = (ReleaseKind)row.GetByte(6),
                Reason = names.GetValueOrDefault(row.GetInt32(7)),
                Caller = Key(row, 8),
                Rung = (Rung)row.GetByte(10),
                Network = Key(row, 11),
                Pools = row.GetFieldValue<ulong>(13),
                Items = row.GetInt32(14),
                Released = row.GetInt32(15),
                PhaseMilliseconds = [row.GetInt32(16), row.GetInt32(17), row.GetInt32(18), row.GetInt32(19)],
            }
        );

    public List<OperationUsage> Usage(IReadOnlyDictionary<int, string> names)
    {
        var objections = Read(
                $"""
                SELECT operation, reason, count(*), count(DISTINCT (caller_high, caller_low)), count(*) FILTER (WHERE flags & 1 = 1)
                FROM exchanges WHERE verdict >= {(int)VerdictKind.Mask} GROUP BY ALL ORDER BY 3 DESC
                """,
                row =>
                    (
                        Operation: row.GetInt32(0),
                        Count: new ObjectionCount(
                            names.GetValueOrDefault(row.GetInt32(1)) ?? "",
                            row.GetInt64(2),
                            row.GetInt64(3),
                            row.GetInt64(4)
                        )
                    )
            )
            .ToLookup(row => row.Operation, row => row.Count);
        var daily = Read(
                """
                WITH daily AS (SELECT operation, (caller_high, caller_low) caller, count(DISTINCT (subject_high, subject_low))::INTEGER people
                  FROM items WHERE exposed GROUP BY operation, caller_high, caller_low, started // 86400000),
                heaviest AS (SELECT operation, arg_max(caller, people) who FROM daily GROUP BY operation)
                SELECT operation, people, count(*), count(*) FILTER (WHERE caller <> who) FROM daily JOIN heaviest USING (operation) GROUP BY operation, people
                """,
                row =>
                    (
                        Operation: row.GetInt32(0),
                        Count: (People: row.GetInt32(1), Days: row.GetInt64(2), OthersDays: row.GetInt64(3))
                    )
            )
            .ToLookup(row => row.Operation, row => row.Count);
        var most = Read(
                """
                SELECT operation, max(people) FROM (SELECT operation, count(DISTINCT (subject_high, subject_low)) people FROM items
                WHERE exposed GROUP BY operation, caller_high, caller_low) GROUP BY operation
                """,
                row => (Operation: row.GetInt32(0), People: row.GetInt64(1))
            )
            .ToDictionary(row => row.Operation, row => row.People);
        return Read(
            "SELECT operation, count(*), count(DISTINCT (caller_high, caller_low)), min(started) FROM exchanges GROUP BY operation ORDER BY operation",
            row => new OperationUsage
            {
                Operation = row.GetInt32(0),
                Exchanges = row.GetInt64(1),
                Callers = row.GetInt64(2),
                FirstSeen = row.GetInt64(3),
                MostPeople = most.GetValueOrDefault(row.GetInt32(0)),
                Daily = PeoplePerDay.Of(daily[row.GetInt32(0)]),
                Objections = [.. objections[row.GetInt32(0)]],
            }
        );
    }

    /// <summary>Items that left in each stretch of time, oldest first.</summary>
    public List<(long From, long Items)> Curve(long from, long to, long step) =>
        Read(
            $"SELECT {from} + (started - {from}) // {step} * {step} b, count(*) FROM items WHERE exposed AND started BETWEEN {from} AND {to} GROUP BY b ORDER BY b",
            row => (row.GetInt64(0), row.GetInt64(1))
        );

    private List<CallerEntry> CallersWhere(string where, string order, int take) =>
        Read(
            $"""
            SELECT e.caller_high, e.caller_low, e.rung, e."first", e."last", e.n, e.refused, coalesce(i.people, 0) people FROM
              (SELECT caller_high, caller_low, rung, min(started) "first", max(started) "last", count(*) n, count(*) FILTER (WHERE {Refused}) refused
               FROM exchanges WHERE {where} GROUP BY ALL) e LEFT JOIN
              (SELECT caller_high, caller_low, count(DISTINCT (subject_high, subject_low)) people
               FROM items WHERE exposed AND {where} GROUP BY ALL) i ON i.caller_high = e.caller_high AND i.caller_low = e.caller_low
            ORDER BY {order} DESC, e.caller_high, e.caller_low LIMIT {take}
            """,
            row => new CallerEntry(
                Key(row, 0),
                (Rung)row.GetByte(2),
                row.GetInt64(3),
                row.GetInt64(4),
                row.GetInt64(5),
                row.GetInt64(6),
                row.GetInt64(7)
            )
        );

    private static Key128 Key(DuckDBDataReader row, int column) =>
        new((ulong)row.GetInt64(column), (ulong)row.GetInt64(column + 1));

    private List<T> Read<T>(string sql, Func<DuckDBDataReader, T> make) =>
        database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var rows = command.ExecuteReader();
            var found = new List<T>();
            while (rows.Read())
            {
                found.Add(make(rows));
            }
            return found;
        });
}

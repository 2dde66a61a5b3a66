using Microsoft.Extensions.Time.Testing;
using Portcullis.Analysis.Exposures;
using Portcullis.Core.Admission;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;
using Portcullis.Storage.DuckDb;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>Only exchanges in which surely nobody's record left make room for others before their time.</summary>
public sealed class HistoryBoundTests : IDisposable
{
    private const int Room = 64;
    private static readonly Judgement Refused = Judgement.Refuse(AdmissionGuard.AuthenticationRequired);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(StoredGate.Start);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ReleaseKind.Exempt, 0)]
    [InlineData(ReleaseKind.Unmeasured, 0)]
    [InlineData(ReleaseKind.Measured, 1)]
    public async Task What_left_a_stranger_unread_or_with_a_record_stays(ReleaseKind release, int things)
    {
        using var gate = Open();
        for (var number = 0; number < 4 * Room; number++)
        {
            gate.AskForNobody(null, gate.A, 200, release, things);
        }

        await Flood(gate);

        Assert.Equal(4 * Room, (await Usage(gate, gate.A)).Exchanges);
    }

    [Fact]
    public async Task A_flood_takes_no_objection_from_what_another_operation_is_judged_ready_by()
    {
        using var gate = Open();
        for (var number = 0; number < 4 * Room; number++)
        {
            gate.AskForNobody(null, gate.A, 200, ReleaseKind.Measured, 0, Refused, isEnforced: false);
        }

        await Flood(gate);

        var objection = Assert.Single((await Usage(gate, gate.A)).Objections);
        Assert.Equal((4 * Room, 0), (objection.Exchanges, objection.Enforced));
    }

    [Fact]
    public async Task What_an_enforcing_gate_refused_a_stranger_makes_room()
    {
        using var gate = Open();
        for (var number = 0; number < 4 * Room; number++)
        {
            gate.AskForNobody(null, gate.A, 401, ReleaseKind.Measured, 0, Refused);
        }

        await Flood(gate);

        Assert.Equal(1, (await Usage(gate, gate.A)).Exchanges);
    }

    [Fact]
    public async Task Refusals_that_earlier_builds_wrote_without_a_mark_make_room_too()
    {
        var file = _folder["history"];
        using (var database = new HistoryDatabase(file, 64))
        {
            using var store = new HistoryStore(database, TimeSpan.FromDays(90), Room);
            using var insert = database.Writer.CreateCommand();
            insert.CommandText = $"""
                INSERT INTO exchanges SELECT n, {StoredGate.Start.ToUnixTimeMilliseconds()}, 0, 403, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
                FROM range(1, {4 * Room}) t(n); INSERT INTO position VALUES ({4 * Room})
                """;
            insert.ExecuteNonQuery();
        }
        using var opened = new HistoryDatabase(file, 64);
        using var again = new HistoryStore(opened, TimeSpan.FromDays(90), Room);
        var writer = new Core.Journal.RecordWriter();
        new Core.Records.NameRecord(1, "reason").Write(writer);
        again.Take(4 * Room + 1, writer.Written);
        again.Commit();

        Assert.InRange(Assert.Single(new HistoryQueries(opened).Usage(new Dictionary<int, string>())).Exchanges, 1, Room + 1);
    }

    // The rule stands in SQL, and in code for what is just written.
    [Fact]
    public void What_is_counted_while_writing_is_what_is_counted_when_opened_again()
    {
        using var gate = Open();
        foreach (var objection in Objections())
        {
            foreach (var release in Enum.GetValues<ReleaseKind>())
            {
                for (var bits = 0; bits < 8; bits++)
                {
                    var caller = (bits & 1) == 0 ? null : "somebody";
                    gate.AskForNobody(caller, gate.A, 200, release, bits >> 1 & 1, objection, (bits & 4) != 0);
                }
            }
        }
        var file = _folder["counted"];
        var counted = 0L;
        using (var database = new HistoryDatabase(file, 64))
        using (var store = new HistoryStore(database, TimeSpan.FromDays(90), 1_000_000))
        using (var reader = gate.Storage.Journal.ReadAfter(0))
        {
            while (reader.TryRead(out var record))
            {
                store.Take(reader.Position, record);
            }
            store.Commit();
            counted = store.EmptyRows;
        }
        using var opened = new HistoryDatabase(file, 64);
        using var again = new HistoryStore(opened, TimeSpan.FromDays(90), 1_000_000);

        Assert.True(counted > 0);
        Assert.Equal(counted, again.EmptyRows);
    }

    private static Judgement[] Objections()
    {
        var reason = AdmissionGuard.AuthenticationRequired;
        return
        [
            Judgement.Pass,
            Judgement.Observe(reason),
            Judgement.Mask(reason),
            Judgement.Clip(reason),
            Judgement.Throttle(reason, 1),
            Refused,
        ];
    }

    private StoredGate Open() => new(_folder["data"], _time, with: static options => options with { EmptyExchangesKept = Room });

    // Strangers call what is not there, until the history has made room more than once.
    private static async Task Flood(StoredGate gate)
    {
        for (var round = 0; round < 4; round++)
        {
            for (var number = 0; number < 2 * Room; number++)
            {
                gate.AskForNobody(null, gate.B, 404, ReleaseKind.Measured, 0);
            }
            await gate.Storage.Ledger.CatchUpAsync(gate.Storage.Journal.LastSequence, TestContext.Current.CancellationToken);
        }
        // What was kept, the first of the day, and a last round for which room is made only after it is there.
        Assert.InRange((await Usage(gate, gate.B)).Exchanges, 1, Room + 1 + (2 * Room));
    }

    private static async Task<OperationUsage> Usage(StoredGate gate, Operation operation) =>
        (await gate.Storage.Ledger.UsageAsync(TestContext.Current.CancellationToken)).Single(usage =>
            usage.Operation == operation.Index
        );
}

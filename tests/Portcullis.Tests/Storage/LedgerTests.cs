using Microsoft.Extensions.Time.Testing;
using Portcullis.Analysis.Exposures;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>The ledger says who received whose record.</summary>
public sealed class LedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(StoredGate.Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Names_everybody_who_received_a_subject_by_any_alias()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Ask("one", gate.A, 5, 6);
        gate.Ask("two", gate.B, 5);
        gate.Ask("three", gate.B, 8);
        var ledger = await Caught(gate);

        var byId = await ledger.WhoSawAsync([gate.Subject(5)], 10, Cancellation);
        var byPhone = await ledger.WhoSawAsync([gate.Alias(5)], 10, Cancellation);

        Assert.Equal([gate.Caller("two"), gate.Caller("one")], byId.Select(entry => entry.Caller));
        Assert.Equal([gate.B.Index, gate.A.Index], byId.Select(entry => entry.Operation));
        Assert.All(byId, entry => Assert.Equal(StoredGate.Phone, entry.Classes));
        Assert.Equal(byId, byPhone);
    }

    [Fact]
    public async Task Does_not_count_what_a_budget_withheld()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Ask("scraper", gate.B, [.. Enumerable.Range(0, 60)]);
        var ledger = await Caught(gate);

        var exposure = await ledger.ExposureAsync(gate.Caller("scraper"), Cancellation);

        Assert.Equal(50, exposure!.Caller.People);
        Assert.Equal(50, Assert.Single(exposure.Operations).People);
        Assert.Empty(await ledger.WhoSawAsync([gate.Subject(55)], 10, Cancellation));
    }

    [Fact]
    public async Task Lists_callers_with_most_people_first()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Ask("few", gate.B, 1);
        gate.Ask("many", gate.B, 1, 2, 3);
        gate.Ask("many", gate.A, 1, 2, 3);
        gate.Ask("some", gate.B, 1, 2);
        var ledger = await Caught(gate);

        var callers = await ledger.CallersAsync(CallerOrder.People, 2, Cancellation);

        Assert.Equal([(gate.Caller("many"), 3L), (gate.Caller("some"), 2L)], callers.Select(entry => (entry.Key, entry.People)));
    }

    [Fact]
    public async Task Finds_a_refusal_by_its_number_with_its_reason()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.State.Restrict(new Restriction(gate.Caller("bad"), "scraping", long.MaxValue));
        var refused = gate.Ask("bad", gate.A, 1);
        var ledger = await Caught(gate);

        var entry = await ledger.ExchangeAsync(refused.Sequence, Cancellation);

        Assert.Equal("restrictions/restricted", entry!.Reason);
        Assert.Equal(VerdictKind.Refuse, entry.Verdict);
        Assert.Equal(0, entry.Released);
        Assert.Null(await ledger.ExchangeAsync(refused.Sequence + 1, Cancellation));
    }

    [Fact]
    public async Task Refusals_beyond_a_number_push_out_the_oldest_and_nothing_else()
    {
        using var gate = new StoredGate(_folder["data"], _time, with: options => options with { EmptyExchangesKept = 128 });
        var bad = gate.Caller("bad");
        gate.State.Restrict(new Restriction(bad, "scraping", long.MaxValue));
        var released = gate.Ask("good", gate.A, 1).Sequence;
        var refusals = new List<long>();
        for (var round = 0; round < 20; round++)
        {
            refusals.AddRange(Enumerable.Range(0, 20).Select(number => gate.Ask("bad", gate.A, number).Sequence));
            _ = await Caught(gate);
        }
        var ledger = await Caught(gate);

        var kept = await ledger.ExchangesAsync(bad, 0, long.MaxValue, 1000, Cancellation);

        // Each counts with the record that was refused with it, and one part in eight may come on top.
        Assert.InRange(kept.Count, 32, 72);
        Assert.Equal(refusals.TakeLast(kept.Count).Reverse(), kept.Select(entry => entry.Sequence));
        Assert.NotNull(await ledger.ExchangeAsync(released, Cancellation));
        Assert.Single(await ledger.WhoSawAsync([gate.Subject(1)], 10, Cancellation));
    }

    [Fact]
    public async Task What_strangers_get_that_names_nobody_pushes_out_the_oldest_of_its_kind_and_nothing_else()
    {
        using var gate = new StoredGate(_folder["data"], _time, with: options => options with { EmptyExchangesKept = 128 });
        var known = gate.AskForNobody("good", gate.A, 404, ReleaseKind.Measured, 0).Sequence;
        long[] kept =
        [
            known,
            gate.AskUnproven("stranger", gate.A, 1).Sequence,
            gate.AskForNobody(null, gate.A, 200, ReleaseKind.Unmeasured, 0).Sequence,
            gate.AskForNobody(null, gate.B, 404, ReleaseKind.Measured, 0).Sequence,
        ];
        var first = gate.State.Clock.Now;
        _time.Advance(TimeSpan.FromDays(1));
        var nothing = new List<long>();
        for (var round = 0; round < 20; round++)
        {
            nothing.AddRange(
                Enumerable.Range(0, 20).Select(_ => gate.AskForNobody(null, gate.B, 404, ReleaseKind.Measured, 0).Sequence)
            );
            _ = await Caught(gate);
        }
        var ledger = await Caught(gate);

        var left = (await ledger.ExchangesAsync(gate.Stranger, 0, long.MaxValue, 1000, Cancellation))
            .Select(entry => entry.Sequence)
            .Where(nothing.Contains)
            .ToList();

        // The first of the operation's day stays, and one part in eight may come on top.
        Assert.InRange(left.Count, 64, 145);
        Assert.Equal(nothing.TakeLast(left.Count - 1).Reverse().Append(nothing[0]), left);
        foreach (var sequence in kept)
        {
            Assert.NotNull(await ledger.ExchangeAsync(sequence, Cancellation));
        }
        Assert.Equal(first, (await ledger.UsageAsync(Cancellation)).Single(usage => usage.Operation == gate.B.Index).FirstSeen);
        Assert.Single(await ledger.WhoSawAsync([gate.Subject(1)], 10, Cancellation));
    }

    [Fact]
    public async Task Tells_what_traffic_taught_of_an_operation()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Ask("one", gate.A, 1, 2);
        _time.Advance(TimeSpan.FromDays(1));
        gate.Ask("one", gate.A, 2, 3, 4);
        gate.Ask("two", gate.A, 1);
        gate.Ask("three", gate.A, 1, 2);
        var ledger = await Caught(gate);

        var usage = Assert.Single(await ledger.UsageAsync(Cancellation));

        Assert.Equal((4, 3, 4), (usage.Exchanges, usage.Callers, usage.MostPeople));
        Assert.Equal(new PeoplePerDay(4, 2, 3, 3, 2, 0), usage.Daily);
    }

    [Fact]
    public async Task Draws_released_records_over_time()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        var start = gate.State.Clock.Now;
        gate.Ask("one", gate.A, 1, 2);
        _time.Advance(TimeSpan.FromMinutes(10));
        gate.Ask("one", gate.A, 3);
        _ = await Caught(gate);

        var curve = await gate.Storage.Ledger.CurveAsync(start, gate.State.Clock.Now, 600_000, Cancellation);

        Assert.Equal([(start, 2L), (start + 600_000, 1L)], curve);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<ILedger> Caught(StoredGate gate)
    {
        await gate.Storage.Ledger.CatchUpAsync(gate.Storage.Journal.LastSequence, Cancellation);
        return gate.Storage.Ledger;
    }
}

using Microsoft.Extensions.Time.Testing;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Expressions;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>A restart forgets nothing that a judge reads.</summary>
public sealed class RestoreTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(StoredGate.Start);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bypass_outlives_a_restart_and_ends_by_itself_in_the_next(bool fills)
    {
        using (var gate = Open(fills))
        {
            var until = gate.State.Clock.Now + (long)TimeSpan.FromMinutes(15).TotalMilliseconds;
            gate.State.Override(gate.A, new ModeOverride(Mode.Enforce, long.MaxValue, "two weeks without a false refusal"));
            gate.State.Override(gate.A, new ModeOverride(Mode.Monitor, until, "release of the app"));
        }
        using (var again = Open(fills))
        {
            Assert.Equal(Mode.Monitor, again.State.Overrides.Find(again.A.Index, again.State.Clock.Now));
            Assert.Null(again.State.Overrides.Find(again.B.Index, again.State.Clock.Now));
            Assert.Equal("release of the app", again.State.Overrides.InForce(again.A.Index, again.State.Clock.Now)?.Why);
            _time.Advance(TimeSpan.FromMinutes(16));
            Assert.Equal(Mode.Enforce, again.State.Overrides.Find(again.A.Index, again.State.Clock.Now));
        }

        using var last = Open(fills);
        Assert.Equal(Mode.Enforce, last.State.Overrides.Find(last.A.Index, last.State.Clock.Now));
    }

    [Fact]
    public async Task What_operators_did_can_be_read_after_a_restart()
    {
        using (var gate = Open())
        {
            gate.State.Override(gate.A, new ModeOverride(Mode.Monitor, gate.State.Clock.Now + 60_000, "release of the app"));
            gate.State.Restrict(new Restriction(gate.Caller("ann"), "walks through numbers", long.MaxValue));
            Assert.True(gate.Storage.CatchUp(Patience));
        }

        using var again = Open();
        Assert.True(again.Storage.CatchUp(Patience));

        var events = await again.Storage.Ledger.EventsAsync(10, long.MaxValue, TestContext.Current.CancellationToken);
        Assert.Equal(
            ["policy", "restrict walks through numbers", "bypass release of the app", "policy"],
            events.Select(entry => $"{entry.Change.Kind} {entry.Change["why"]}".Trim())
        );
        Assert.Equal(events.OrderByDescending(entry => entry.Sequence), events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Used_budgets_are_the_same_after_a_restart(bool fills)
    {
        string before;
        using (var gate = Open(fills))
        {
            for (var i = 0; i < 200; i++)
            {
                gate.Ask($"caller {i % 7}", i % 3 == 0 ? gate.A : gate.B, i % 97, (i * 13) % 97);
                _time.Advance(TimeSpan.FromMinutes(7));
            }
            before = gate.Used(97);
        }

        using var again = Open();

        Assert.Equal(before, again.Used(97));
    }

    [Fact]
    public void Used_budgets_are_the_same_when_half_is_in_the_database_and_half_in_the_journal()
    {
        string before;
        using (var gate = Open())
        {
            Drive(gate, 0, 60);
            Assert.True(gate.Storage.CatchUp(Patience));
        }
        using (var gate = Open(fills: false))
        {
            Drive(gate, 60, 120);
            before = gate.Used(97);
        }

        using var again = Open(fills: false);

        Assert.Equal(before, again.Used(97));
    }

    [Fact]
    public void A_spent_budget_stays_spent_and_known_subjects_still_pass()
    {
        using (var gate = Open())
        {
            gate.Ask("scraper", gate.B, [.. Enumerable.Range(0, 50)]);
        }

        using var again = Open();

        Assert.Equal(ItemOutcome.Released, again.Ask("scraper", again.B, 7).Items[0].Outcome);
        Assert.Equal(ItemOutcome.Dropped, again.Ask("scraper", again.B, 51).Items[0].Outcome);
    }

    [Fact]
    public void Pools_are_restored_by_name_when_the_policy_numbers_them_anew()
    {
        using (var gate = Open())
        {
            gate.Ask("one", gate.B, [.. Enumerable.Range(0, 50)]);
            gate.Ask("two", gate.B, [.. Enumerable.Range(50, 40)]);
        }

        using var again = new StoredGate(_folder["data"], _time, policy: Renumbered);

        Assert.Equal(ItemOutcome.Dropped, again.Ask("three", again.B, 91).Items[0].Outcome);
    }

    [Fact]
    public void Restrictions_and_mode_switches_survive_and_ended_ones_stay_ended()
    {
        using (var gate = Open())
        {
            gate.State.Restrict(new Restriction(gate.Caller("bad"), "scraping", long.MaxValue));
            gate.State.Restrict(new Restriction(gate.Caller("pardoned"), "mistake", long.MaxValue));
            gate.State.Release(gate.Caller("pardoned"), "sorry");
            gate.State.Override(gate.A, new ModeOverride(Mode.Monitor, long.MaxValue, "rollout"));
            Assert.True(gate.Storage.CatchUp(Patience));
            gate.State.Restrict(new Restriction(gate.Caller("late"), "in the tail", long.MaxValue));
        }

        using var again = Open();

        Assert.True(again.Ask("bad", again.B, 1).IsRefused);
        Assert.True(again.Ask("late", again.B, 1).IsRefused);
        Assert.False(again.Ask("pardoned", again.B, 1).IsRefused);
        Assert.Equal(Mode.Monitor, again.State.Overrides.Find(again.A.Index, 0));
    }

    [Fact]
    public void Operations_keep_their_index_and_what_they_were_seen_to_return()
    {
        using (var gate = Open())
        {
            gate.State.Operations.TryAdd("api", "GET", "/learned/{id}", isDeclared: false);
            gate.Ask("one", gate.B, 1);
        }

        using var again = Open();

        Assert.Equal(2, again.State.Operations.Find("api", "GET", "/learned/{id}")!.Index);
        Assert.Equal(StoredGate.Phone, again.B.ClassesSeen);
        Assert.Equal(3, again.State.Operations.All.Length);
    }

    [Fact]
    public void Gate_time_goes_on_from_the_latest_record()
    {
        long then;
        using (var gate = Open())
        {
            _time.Advance(TimeSpan.FromDays(1));
            gate.Ask("one", gate.A, 1);
            then = gate.State.Clock.Now;
        }
        _time.SetUtcNow(_time.GetUtcNow());
        var stepped = new FakeTimeProvider(StoredGate.Start.AddDays(-1));

        using var again = new StoredGate(_folder["data"], stepped);

        Assert.True(again.State.Clock.Now >= then);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_wall_clock_stepped_by_a_day_while_nothing_ran_neither_refunds_nor_expires(int days)
    {
        var uptime = 5_000_000L;
        using (var gate = OpenUp(_time, () => uptime))
        {
            gate.Ask("scraper", gate.B, [.. Enumerable.Range(0, 50)]);
        }
        uptime += 600_000;
        var stepped = new FakeTimeProvider(StoredGate.Start.AddMinutes(10).AddDays(days));

        using var again = OpenUp(stepped, () => uptime);

        Assert.Equal(StoredGate.Start.AddMinutes(10).ToUnixTimeMilliseconds(), again.State.Clock.Now);
        Assert.Equal(ItemOutcome.Dropped, again.Ask("scraper", again.B, 51).Items[0].Outcome);
        stepped.Advance(TimeSpan.FromHours(23));
        Assert.Equal(ItemOutcome.Dropped, again.Ask("scraper", again.B, 51).Items[0].Outcome);
        stepped.Advance(TimeSpan.FromHours(2));
        Assert.Equal(ItemOutcome.Released, again.Ask("scraper", again.B, 51).Items[0].Outcome);
    }

    [Fact]
    public void A_day_off_on_a_machine_that_was_started_anew_is_believed()
    {
        using (var gate = OpenUp(_time, () => 5_000_000))
        {
            gate.Ask("scraper", gate.B, [.. Enumerable.Range(0, 50)]);
        }
        var later = new FakeTimeProvider(StoredGate.Start.AddHours(26));

        using var again = OpenUp(later, () => 1000, boot: "second");

        Assert.Equal(ItemOutcome.Released, again.Ask("scraper", again.B, 51).Items[0].Outcome);
    }

    [Fact]
    public void An_alias_leads_to_its_subject_after_a_restart()
    {
        using (var gate = Open())
        {
            gate.Ask("one", gate.A, 5);
        }

        using var again = Open();

        Assert.True(again.State.Links.TryFind(again.Alias(5), out var subject));
        Assert.Equal(again.Subject(5), subject);
    }

    [Fact]
    public void A_restart_learns_no_alias_from_whoever_could_not_teach_it()
    {
        using (var gate = Open())
        {
            gate.AskUnproven("one", gate.A, 5, 6);
            gate.Ask("two", gate.A, 6);
            Assert.False(gate.State.Links.TryFind(gate.Alias(5), out _));
        }

        using var again = Open();

        Assert.False(again.State.Links.TryFind(again.Alias(5), out _));
        Assert.True(again.State.Links.TryFind(again.Alias(6), out _));
    }

    [Fact]
    public void Segments_go_once_both_stores_have_passed_them_and_nothing_is_lost()
    {
        string before;
        using (var gate = Open(fills: false))
        {
            Drive(gate, 0, 1500);
            before = gate.Used(97);
            Assert.True(Segments() > 2);
        }
        using (var gate = Open(fills: false))
        {
            Assert.True(Segments() > 2);
        }

        using (var gate = Open())
        {
            Assert.True(gate.Storage.CatchUp(Patience));
        }
        using var again = Open();

        Assert.True(Segments() <= 2, $"{Segments()} segments are left");
        Assert.Equal(before, again.Used(97));
    }

    private StoredGate OpenUp(FakeTimeProvider time, Func<long> uptime, string boot = "first") =>
        new(_folder["data"], time, with: options => options with { Uptime = () => new Uptime(boot, uptime()) });

    private static void Drive(StoredGate gate, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            gate.Ask($"caller {i % 5}", i % 2 == 0 ? gate.A : gate.B, i % 97);
        }
    }

    private int Segments() => Directory.GetFiles(Path.Combine(_folder["data"], "journal"), "*.pcj").Length;

    private StoredGate Open(bool fills = true) => new(_folder["data"], _time, fills);

    private static (Pool[] Pools, Budget[] Budgets) Renumbered(PolicySnapshot policy)
    {
        var crowd = new Pool(3, "crowd", null);
        return (
            [.. policy.Pools[..2], new Pool(2, "other", null), crowd],
            [.. policy.Budgets.Select(budget => budget.Pool is null ? budget : budget with { Pool = crowd })]
        );
    }
}

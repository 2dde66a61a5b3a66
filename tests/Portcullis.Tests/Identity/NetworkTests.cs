using System.Net;
using CsCheck;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Exposure;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Identity;

public sealed class NetworkTests
{
    private static Budget PerCaller(int limit, TimeSpan window) =>
        new()
        {
            Name = "anonymous-caller",
            Scope = BudgetScope.Caller,
            Limit = limit,
            Window = window,
        };

    [Theory]
    [InlineData("198.51.100.1", "198.51.100.254", true)]
    [InlineData("198.51.100.1", "198.51.101.1", false)]
    [InlineData("198.51.100.1", "::ffff:198.51.100.9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void A_network_is_a_24_of_IPv4_and_a_64_of_IPv6(string one, string other, bool isSame)
    {
        var keys = KeyRing.CreateRandom();
        var first = ClientNetwork.Of(keys, IPAddress.Parse(one));
        Assert.Equal(isSame, first == ClientNetwork.Of(keys, IPAddress.Parse(other)));
        Assert.NotEqual(first, ClientNetwork.Of(keys, null));
    }

    [Fact]
    public void Mere_requests_of_strangers_take_no_row()
    {
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public);
        var exchange = new Exchange();
        for (var i = 0; i < 1000; i++)
        {
            bench.Ask(exchange, $"10.{i / 256}.{i % 256}.1");
            exchange.Status = 404;
            bench.Gate.Commit(exchange);
        }
        Assert.Equal(0, bench.State.Callers.Count);
    }

    [Fact]
    public void Stops_a_network_at_its_budget()
    {
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public, [PerCaller(3, TimeSpan.FromDays(1))]);
        var exchange = new Exchange();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(i < 3, bench.Release(exchange, $"198.51.100.{i}", new Key128(1, (ulong)i + 1)));
        }
    }

    [Fact]
    public void A_flood_of_new_addresses_resets_nobody()
    {
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public, [PerCaller(3, TimeSpan.FromDays(1))]);
        var exchange = new Exchange();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(bench.Release(exchange, "198.51.100.1", new Key128(1, (ulong)i + 1)));
        }
        var network = exchange.NetworkKey;
        for (var hour = 0; hour < 5; hour++)
        {
            for (var i = 0; i < 5_000; i++)
            {
                bench.Release(exchange, $"10.{hour * 20 + i / 256}.{i % 256}.1", new Key128(2, (ulong)(hour * 10_000 + i)));
            }
            bench.Time.Advance(TimeSpan.FromHours(2));
        }
        Assert.False(bench.State.Callers.TryGet(network, out _), "the row should have been given up");
        Assert.False(bench.Release(exchange, "198.51.100.1", new Key128(1, 99)));
        bench.Time.Advance(TimeSpan.FromDays(1));
        Assert.True(bench.Release(exchange, "198.51.100.1", new Key128(1, 99)));
    }

    [Fact]
    public void Quiet_networks_are_swept_when_no_request_comes()
    {
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public);
        var exchange = new Exchange();
        for (var i = 0; i < 100; i++)
        {
            bench.Release(exchange, $"10.0.{i}.1", new Key128(1, (ulong)i + 1));
        }
        Assert.Equal(100, bench.State.Callers.Count);
        bench.State.Sweep();
        Assert.Equal(100, bench.State.Callers.Count);
        bench.Time.Advance(TimeSpan.FromMinutes(62));
        bench.State.Sweep();
        Assert.Equal(0, bench.State.Callers.Count);
    }

    [Fact]
    public void A_million_anonymous_addresses_stay_within_memory_and_give_it_back()
    {
        IdentityBench? bench = new(
            new IdentityPlan(),
            AuthenticationWord.Public,
            [PerCaller(5, TimeSpan.FromDays(30)) with { Group = "GET /account" }, PerCaller(5, TimeSpan.FromHours(1))]
        );
        Exchange? exchange = new();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var highest = 0L;
        for (var i = 0; i < 1_000_000; i++)
        {
            bench.Release(
                exchange,
                new IPAddress([(byte)(1 + i / 65_536), (byte)(i / 256), (byte)i, 1]),
                new Key128(3, (ulong)i + 1)
            );
            if (i % 200_000 == 199_999)
            {
                highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: true) - before);
                bench.Time.Advance(TimeSpan.FromMinutes(1));
            }
        }
        bench.Time.Advance(TimeSpan.FromHours(2));
        bench.State.Sweep();
        Assert.Equal(0, bench.State.Callers.Count);
        // Tests beside this one take and give memory all the time, so what stays is measured by letting go of it, at once.
        var after = GC.GetTotalMemory(forceFullCollection: true);
        (bench, exchange) = (null, null);
        after -= GC.GetTotalMemory(forceFullCollection: true);
        TestContext.Current.TestOutputHelper?.WriteLine($"highest {highest >> 20} MiB, quiet {after >> 20} MiB");
        Assert.True(highest < 400L << 20, $"{highest >> 20} MiB");
        Assert.True(after < 60L << 20, $"{after >> 20} MiB");
    }

    [Fact]
    public void A_restart_after_a_crowd_keeps_no_more_rows_than_the_crowd_had_and_forgets_nobody()
    {
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public, [PerCaller(3, TimeSpan.FromDays(1))]);
        var restore = new BudgetRestore(bench.State, bench.Policy);
        var spent = ClientNetwork.Of(bench.Keys, IPAddress.Parse("198.51.100.1"));
        for (var i = 0; i < 200_100; i++)
        {
            var network = i < 3 ? spent : bench.Keys.Hash(KeyPurpose.Network, BitConverter.GetBytes(i));
            restore.Exposure(Rung.Network, network, 0, ["anonymous"], new Key128(1, (ulong)i + 1), bench.Clock.Now);
        }
        Assert.Equal(200_000, bench.State.Callers.Count);
        Assert.False(bench.State.Callers.TryGet(spent, out _), "the row should have been given up");
        Assert.False(bench.Release(new Exchange(), "198.51.100.1", new Key128(1, 999_999)));
    }

    [Fact]
    public void Strangers_who_received_many_people_stay_within_memory_and_stay_spent()
    {
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public, [PerCaller(40, TimeSpan.FromDays(1))]);
        var exchange = new Exchange();
        for (var network = 0; network < 14_000; network++)
        {
            for (var subject = 0; subject < 40; subject++)
            {
                bench.Release(exchange, $"10.{network / 256}.{network % 256}.1", new Key128(1, (ulong)subject + 1));
            }
        }
        // A row with a table takes 5 KiB.
        Assert.InRange(bench.State.Callers.Count, 10_000, 13_500);
        Assert.False(bench.State.Callers.TryGet(ClientNetwork.Of(bench.Keys, IPAddress.Parse("10.0.0.1")), out _));
        Assert.False(bench.Release(exchange, "10.0.0.1", new Key128(1, 1_000)));
        Assert.True(bench.Release(exchange, "10.54.175.1", new Key128(1, 7)));
        Assert.False(bench.Release(exchange, "10.54.175.1", new Key128(1, 1_000)));
    }

    [Fact]
    public void Folding_never_under_counts()
    {
        // Each step: a network (of 6) releases a subject (of 8) and time passes; any row may be folded between steps.
        var step = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 7], Gen.Int[0, 3_000], Gen.Bool);
        Gen.Select(
                step.Array[1, 60],
                Gen.OneOf(
                    Gen.Const(30u),
                    Gen.Const(60u),
                    Gen.Const(600u),
                    Gen.Const(1_440u),
                    Gen.Const(10_000u),
                    Gen.Const(43_200u)
                )
            )
            .Sample(
                (steps, window) =>
                {
                    var fold = new NetworkFold(widthBits: 3);
                    var live = new Dictionary<int, SubjectSet>();
                    var exact = new Dictionary<(int Network, int Subject), uint>();
                    var now = 30_000_000u;
                    foreach (var (network, subject, passed, folds) in steps)
                    {
                        now += (uint)passed;
                        if (folds && live.Remove(network, out var set))
                        {
                            fold.Add(KeyOf(network), "*", set, now, now);
                        }
                        live.TryAdd(network, new SubjectSet());
                        live[network].Release(new Key128(9, (ulong)subject + 1), now);
                        exact[(network, subject)] = now;
                        for (var asked = 0; asked < 6; asked++)
                        {
                            var since = now - window;
                            var counted =
                                fold.Estimate(KeyOf(asked), "*", now, since)
                                + (live.TryGetValue(asked, out var own) ? own.CountSince(now, since) : 0);
                            var actual = exact.Count(pair => pair.Key.Network == asked && pair.Value >= since);
                            if (counted < actual)
                            {
                                return false;
                            }
                        }
                    }
                    return true;
                },
                iter: 300
            );
    }

    private static Key128 KeyOf(int network) =>
        new((ulong)network * 0x123456789ABCDEFUL + 77, (ulong)network * 0xFEDCBA987654321UL + 5);
}

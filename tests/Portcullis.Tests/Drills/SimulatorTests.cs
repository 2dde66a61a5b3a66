using System.Security.Cryptography;
using System.Text;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;
using Xunit;

namespace Portcullis.Tests.Drills;

public sealed class SimulatorTests
{
    private static readonly AttackPace Loud = new(AttackerKind.Loud, 1, ActsWhileLearning: false);

    [Fact]
    public void The_same_seed_gives_the_same_bytes() => Assert.Equal(Digest("B03", 11), Digest("B03", 11));

    [Fact]
    public void Another_seed_gives_other_bytes() => Assert.NotEqual(Digest("B03", 11), Digest("B03", 12));

    [Theory]
    [InlineData("B01")]
    [InlineData("B03")]
    [InlineData("B04")]
    [InlineData("B05")]
    public void Every_role_and_the_run_have_the_promised_size(string id)
    {
        var world = World(id, 3);
        var counts = new long[world.Scenario.Roles.Length];
        var (first, last) = (long.MaxValue, 0L);
        foreach (var request in All(world, world.Scenario.Variants[0].Value, Loud))
        {
            if (!request.IsAttack)
            {
                counts[request.Role]++;
                (first, last) = (Math.Min(first, request.At), Math.Max(last, request.At));
            }
        }

        Assert.All(counts, count => Assert.True(count >= 1_000, $"{count} requests"));
        Assert.True(counts.Sum() >= 30_000, $"{counts.Sum()} requests");
        Assert.True(last - first >= 30 * RequestSource.DayMilliseconds);
    }

    [Theory]
    [InlineData("B01", "R1 R2 R7 R8")]
    [InlineData("B03", "R1 R2 R3 R7 R8")]
    [InlineData("B04", "R1 R2 R7 R8")]
    [InlineData("B05", "R1 R5 R7 R8")]
    public void Every_role_of_the_incident_takes_part(string id, string roles) =>
        Assert.Equal(roles, string.Join(' ', World(id, 3).Scenario.Roles.Select(role => role.Name)));

    [Fact]
    public void Honest_traffic_has_a_sale_a_release_nights_and_moving_phones()
    {
        var world = World("B03", 3);
        var (sale, usual, night, evening) = (0, 0, 0, 0);
        var (before, after) = (new List<string>(), new List<string>());
        var addresses = new HashSet<string>();
        foreach (var request in All(world, world.Scenario.Variant(Scenario.Control)!, Loud).Where(request => request.Role == 0))
        {
            var day = (int)(request.At / RequestSource.DayMilliseconds);
            var hour = request.At / RequestSource.HourMilliseconds % 24;
            sale += day == world.Scenario.SaleDay ? 1 : 0;
            usual += day == world.Scenario.SaleDay - 1 ? 1 : 0;
            night += hour is 2 or 3 ? 1 : 0;
            evening += hour is 19 or 20 ? 1 : 0;
            (day < world.Scenario.ReleaseDay ? before : after).Add(request.Headers.First("User-Agent")!);
            _ = request.Caller == 11 && addresses.Add(request.Address.ToString());
        }

        Assert.InRange(sale, 7 * usual, 13 * usual);
        Assert.True(evening > 5 * night);
        Assert.DoesNotContain(before, agent => agent.Contains("6.0", StringComparison.Ordinal));
        Assert.InRange(after.Count(agent => agent.Contains("6.0", StringComparison.Ordinal)) / (double)after.Count, 0.8, 0.99);
        Assert.True(addresses.Count > 20, $"{addresses.Count} addresses of one phone");
    }

    [Theory]
    [InlineData("B01", "R1", 3, 10)]
    [InlineData("B01", "R2", 60, 120)]
    [InlineData("B03", "R2", 60, 120)]
    [InlineData("B04", "R2", 60, 120)]
    [InlineData("B05", "R1", 3, 10)]
    [InlineData("B05", "R5", 1, 20)]
    public void Users_of_a_role_differ_from_the_least_to_the_most(string id, string name, int least, int most)
    {
        var world = World(id, 3);
        var role = Array.FindIndex(world.Scenario.Roles, role => role.Name == name);
        var requests = new int[world.Scenario.Roles[role].Users];
        foreach (
            var request in All(world, world.Scenario.Variant(Scenario.Control)!, Loud).Where(request => request.Role == role)
        )
        {
            requests[request.Caller] += request.At / RequestSource.DayMilliseconds != world.Scenario.SaleDay ? 1 : 0;
        }

        var days = world.Scenario.Days - 1;
        var perDay = requests.Select(count => (double)count / days).ToList();
        Assert.InRange(perDay.Average(), 0.45 * (least + most), 0.55 * (least + most));
        Assert.InRange(perDay[0], 0.9 * least, 0.25 * (most - least) + least);
        Assert.InRange(perDay[^1], most - 0.25 * (most - least), 1.15 * most);
    }

    [Fact]
    public void Developers_work_from_one_to_three_networks_each()
    {
        var world = World("B05", 3);
        var networks = Enumerable
            .Range(0, 40)
            .Select(user =>
                Enumerable
                    .Range(0, 400)
                    .Select(hour => world.Addresses.Honest(NetworkKind.Several, 1, user, hour * RequestSource.HourMilliseconds))
                    .Select(address => string.Join('.', address.GetAddressBytes().Take(3)))
                    .Distinct()
                    .Count()
            )
            .ToList();

        Assert.Equal([1, 2, 3], networks.Distinct().Order());
    }

    [Fact]
    public void One_phone_in_a_hundred_travels()
    {
        var world = World("B03", 3);
        var day = 12 * RequestSource.DayMilliseconds;

        var abroad = Enumerable
            .Range(0, 1_000)
            .Count(user =>
                world
                    .Addresses.Honest(NetworkKind.Mobile, 0, user, day)
                    .ToString()
                    .StartsWith("2001:db8:70", StringComparison.Ordinal)
            );

        Assert.Equal(10, abroad);
    }

    [Fact]
    public void Behind_a_carriers_translator_a_hundred_households_share_an_address()
    {
        foreach (var id in ScenarioFolder.BuiltIn)
        {
            var world = World(id, 3);
            var role = Array.FindIndex(world.Scenario.Roles, role => role.Network == NetworkKind.Cgnat);
            var users = world.Scenario.Roles[role].Users;
            var addresses = Enumerable.Range(0, users).Select(user => world.Addresses.Honest(NetworkKind.Cgnat, role, user, 0));

            Assert.True(users >= 100 * addresses.Distinct().Count(), id);
        }
    }

    [Fact]
    public void Time_never_runs_backwards()
    {
        var at = 0L;
        foreach (var request in All(World("B05", 3), World("B05", 3).Scenario.Variants[0].Value, Loud))
        {
            Assert.True(request.At >= at);
            at = request.At;
        }
    }

    [Fact]
    public void Control_has_no_attacker()
    {
        var world = World("B04", 3);

        Assert.DoesNotContain(
            true,
            All(world, world.Scenario.Variant(Scenario.Control)!, Loud).Select(request => request.IsAttack)
        );
    }

    [Theory]
    [InlineData(AttackerKind.Loud, 1, 1)]
    [InlineData(AttackerKind.Proxies, 20, 200)]
    public void Attackers_differ_in_addresses(AttackerKind kind, int least, int most)
    {
        var world = World("B04", 3);
        var pace = new AttackPace(kind, 1, ActsWhileLearning: false);
        var addresses = All(world, world.Scenario.Variants[0].Value, pace)
            .Where(request => request.IsAttack && !request.IsRecon)
            .Select(request => request.Address.ToString())
            .Distinct()
            .Count();

        Assert.InRange(addresses, least, most);
    }

    [Fact]
    public void The_patient_attacker_stays_below_ten_requests_a_minute()
    {
        var world = World("B05", 3);
        var pace = new AttackPace(AttackerKind.Patient, 1, ActsWhileLearning: false);

        var busiest = All(world, world.Scenario.Variants[0].Value, pace)
            .Where(request => request.IsAttack && !request.IsRecon)
            .GroupBy(request => (request.Address.ToString(), request.At / 60_000))
            .Max(group => group.Count());

        Assert.InRange(busiest, 1, 9);
    }

    [Fact]
    public void Guesses_miss_as_often_as_the_scenario_says()
    {
        var world = World("B05", 3);
        var hits = All(world, world.Scenario.Variants[0].Value, Loud)
            .Where(request => request is { IsGuess: true, IsRecon: false })
            .Select(request => request.Asked >= 0)
            .ToList();

        Assert.InRange(hits.Count(hit => hit) / (double)hits.Count, 0.02, 0.04);
    }

    [Fact]
    public void A_shuffled_order_visits_everybody_once()
    {
        var order = new Permutation(10_007, 99);

        Assert.Equal(10_007, Enumerable.Range(0, 10_007).Select(i => order[i]).Distinct().Count());
    }

    [Theory]
    [InlineData(PersonValue.Account)]
    [InlineData(PersonValue.Phone)]
    [InlineData(PersonValue.Email)]
    [InlineData(PersonValue.Name)]
    [InlineData(PersonValue.Street)]
    [InlineData(PersonValue.Member)]
    [InlineData(PersonValue.Username)]
    public void Values_belong_to_one_person_each_and_misses_to_nobody(PersonValue kind)
    {
        var people = World("B01", 5).Population;
        var values = Enumerable.Range(0, people.Count).Select(person => people.Value(person, kind)).ToHashSet();

        Assert.Equal(people.Count, values.Count);
        Assert.All(Enumerable.Range(0, 3_000), number => Assert.DoesNotContain(people.Missing(number, kind), values));
    }

    [Fact]
    public void A_token_is_signed_and_a_forged_one_is_not()
    {
        var world = World("B03", 5);
        var identity = new SimulatedIdentity(CredentialKind.Customer, 4);

        Assert.True(Verifies(world.Mint.Bearer(identity, 0), world.Mint.Secret));
        Assert.False(Verifies(world.Mint.Forged(identity, 0), world.Mint.Secret));
        Assert.Null(world.Mint.Identify(world.Mint.Forged(identity, 0), 0));
    }

    [Fact]
    public void A_maintained_host_asks_whose_record_it_is_and_the_dormant_one_does_not()
    {
        var world = World("B04", 5);
        var upstream = new SampleUpstream(world.Scenario, world.Scenario.Variants[0].Value, world.Population, world.Mint);
        var target = $"/ebill/customer?contactid={world.Population.Value(9, PersonValue.Account)}";

        Assert.Equal(401, Status(upstream, "www.telco.replay.test", target));
        Assert.Equal(200, Status(upstream, "legacy-api.telco.replay.test", target));
    }

    private static int Status(SampleUpstream upstream, string host, string target)
    {
        var answer = new SimulatedAnswer();
        upstream.Answer(new SimulatedRequest { Host = host, Target = target }, answer);
        return answer.Status;
    }

    private static bool Verifies(string bearer, byte[] secret)
    {
        var parts = bearer["Bearer ".Length..].Split('.');
        var signature = System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]);
        return HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")).SequenceEqual(signature);
    }

    private static World World(string id, ulong seed) => new(ScenarioLoader.Load(ScenarioFolder.Open(id)), seed);

    private static IEnumerable<SimulatedRequest> All(World world, AttackShape shape, AttackPace pace)
    {
        var traffic = new Traffic(world, shape, pace);
        var request = new SimulatedRequest();
        while (traffic.Next(request))
        {
            yield return request;
        }
    }

    private static string Digest(string id, ulong seed)
    {
        var world = World(id, seed);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var request in All(world, world.Scenario.Variants[0].Value, Loud))
        {
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    $"{request.At} {request.Address} {request.Method} {request.Host} {request.Target} {request.Headers.First("Authorization")} {request.Headers.First("User-Agent")}"
                )
            );
            hash.AppendData(request.Body);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

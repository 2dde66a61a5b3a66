using System.Net.Http.Headers;
using System.Net.Http.Json;
using Portcullis.Sample.Telecom;

namespace Portcullis.Demo;

/// <summary>
/// Everybody who takes part: three attacks as they happened, one stolen key, and the honest callers between them. Each attacker has a
/// quarter of the population for itself, so that losses add up.
/// </summary>
internal sealed class DemoCast
{
    private const int HonestConsumers = 12;

    private readonly Population _population;
    private readonly HttpClient _client;
    private readonly int _quarter;

    private DemoCast(Population population, HttpClient client)
    {
        _population = population;
        _client = client;
        _quarter = population.Count / 4;
    }

    /// <summary>Logs everybody in through the gateway and returns them ready to act.</summary>
    public static async Task<IReadOnlyList<DemoActor>> GatherAsync(
        Population population,
        HttpClient client,
        CancellationToken stop
    )
    {
        var cast = new DemoCast(population, client);
        var thief = await cast.LogInAsync(population.At(population.Count - 1), stop);
        var stolen = await cast.LogInAsync("partner-orbit", stop);
        var actors = new List<DemoActor>
        {
            cast.HandsetLookup(),
            cast.AccountWalk(thief),
            cast.MailOracle(),
            cast.StolenKey(stolen),
        };
        actors.Add(await cast.ConsumersAsync(stop));
        actors.Add(cast.Agents(await cast.LogInAsync("agent-1", stop), await cast.LogInAsync("agent-2", stop)));
        actors.Add(cast.Partner(await cast.LogInAsync("partner-acme", stop)));
        actors.Add(Visitors());
        return actors;
    }

    private DemoActor HandsetLookup() =>
        new()
        {
            Name = "Look-up without a token",
            Request = "GET /wsg/customers/{msisdn}",
            Story = "a forgotten handset service answers for any phone number",
            Pace = 110,
            Loss = new LossCounter(_population),
            Next = n => Get($"/wsg/customers/{_population.At(Shuffled(n, 0)).Phone[1..]}", null),
        };

    private DemoActor AccountWalk(string token) =>
        new()
        {
            Name = "One customer's token, all accounts",
            Request = "GET /accounts/{accountId}",
            Story = "a valid login, but nobody compares it with the account asked for",
            Pace = 110,
            Loss = new LossCounter(_population),
            Next = n => Get($"/accounts/{_population.At(Shuffled(n, 1)).AccountId}", token),
        };

    private DemoActor MailOracle() =>
        new()
        {
            Name = "A list of e-mail addresses",
            Request = "GET /members/{id}",
            Story = "an address where an id belongs tells whose it is; one in eight is a customer",
            Pace = 150,
            Loss = new LossCounter(_population),
            Next = n =>
            {
                var mail = _population.At(Shuffled(n, 2)).Email;
                return Get($"/members/{Uri.EscapeDataString(n % 8 == 0 ? mail : "x" + mail)}", null);
            },
        };

    private DemoActor StolenKey(string token) =>
        new()
        {
            Name = "A partner's stolen key",
            Request = "GET /accounts?page=…&size=100",
            Story = "allowed to read accounts, so only a ceiling helps",
            Pace = 1,
            Loss = new LossCounter(_population),
            Next = n => Get($"/accounts?page={3 * _quarter / 100 + n}&size=100", token),
        };

    private async Task<DemoActor> ConsumersAsync(CancellationToken stop)
    {
        var customers = Enumerable.Range(0, HonestConsumers).Select(i => _population.At(i * 1_637 % _population.Count)).ToArray();
        var tokens = new string[customers.Length];
        for (var i = 0; i < customers.Length; i++)
        {
            tokens[i] = await LogInAsync(customers[i], stop);
        }
        return new DemoActor
        {
            Name = $"{HonestConsumers} customers",
            Request = "GET /me, /accounts/{own}, /plans",
            Story = "read what is theirs",
            Pace = 30,
            Next = n =>
            {
                var who = n % customers.Length;
                var account = customers[who].AccountId;
                return (n / customers.Length % 3) switch
                {
                    0 => Get("/me", tokens[who]),
                    1 => Get($"/accounts/{account}", tokens[who]),
                    _ => Get("/plans", tokens[who]),
                };
            },
        };
    }

    private DemoActor Agents(params string[] tokens) =>
        new()
        {
            Name = "2 call-centre agents",
            Request = "POST /accounts/search",
            Story = "look up whoever calls, a person a second",
            Pace = 2,
            Next = n =>
            {
                var request = Authorised(HttpMethod.Post, "/accounts/search", tokens[n % tokens.Length]);
                request.Content = JsonContent.Create(
                    new Dictionary<string, string> { ["msisdn"] = _population.At(Shuffled(n, 0)).Phone }
                );
                return request;
            },
        };

    private DemoActor Partner(string token) =>
        new()
        {
            Name = "A partner",
            Request = "GET /accounts?page=…&size=10",
            Story = "reads the accounts of its sales",
            Pace = 1,
            Next = n => Get($"/accounts?page={n}&size=10", token),
        };

    private static DemoActor Visitors() =>
        new()
        {
            Name = "Visitors",
            Request = "GET /plans, /stores",
            Story = "not logged in; see prices and shops with their phone numbers",
            Pace = 20,
            Next = n => Get(n % 2 == 0 ? "/plans" : "/stores", null),
        };

    // A walk through one quarter of the population in an order that no look at neighbours would notice.
    private int Shuffled(int n, int quarter) => quarter * _quarter + (int)((long)n * 2_654_435_761 % _quarter);

    private Task<string> LogInAsync(Customer customer, CancellationToken stop) =>
        LogInAsync(customer.Email, Population.PasswordOf(customer), stop);

    private Task<string> LogInAsync(string name, CancellationToken stop) => LogInAsync(name, $"pass-{name}", stop);

    private async Task<string> LogInAsync(string user, string password, CancellationToken stop)
    {
        try
        {
            return await TokenAsync(user, password, stop);
        }
        catch (Exception fault)
            when (fault is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            throw CommandFailure.Unreachable(
                $"'{user}' could not log in at the sample API: {fault.Message.TrimEnd('.')}. Nobody can act without; try again when the machine is less busy."
            );
        }
    }

    private async Task<string> TokenAsync(string user, string password, CancellationToken stop)
    {
        using var response = await _client.PostAsJsonAsync(
            "/login",
            new Dictionary<string, string> { ["user"] = user, ["password"] = password },
            stop
        );
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Dictionary<string, System.Text.Json.JsonElement>>(stop);
        return answer!["accessToken"].GetString()!;
    }

    private static HttpRequestMessage Get(string target, string? token) => Authorised(HttpMethod.Get, target, token);

    private static HttpRequestMessage Authorised(HttpMethod method, string target, string? token)
    {
        var request = new HttpRequestMessage(method, target);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        return request;
    }
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Portcullis.Analysis.Inventory;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>
/// Kills the real gateway at random moments while clients ask it over real sockets, starts it again on the same data folder, and compares
/// what the clients received with what the dead gateway's files and the living one's answers say. A fresh data folder every few rounds, so
/// that the first start is killed too and budgets run out again and again.
/// </summary>
internal sealed class KillDrill(
    string folder,
    PeopleUpstream upstream,
    int seed,
    int perCaller = DrillPolicy.PerCaller,
    int perPool = DrillPolicy.PerPool
)
{
    private const int RoundsPerFolder = 20;
    private const int Callers = 120;
    private const int Clients = 6;
    private const int FirstPerson = 200_000_000;
    private const int People = 6000;

    private readonly Random _random = new(seed);
    private readonly KillMoment[] _moments = Enum.GetValues<KillMoment>();
    private readonly HashSet<(int Caller, int Person)> _received = [];
    private readonly Dictionary<int, int> _streamed = [];
    private readonly List<(int Caller, int Person)> _fresh = [];
    private string _data = "";
    private DrillPolicy _policy = null!;
    private string[] _tokens = [];
    private LedgerOnDisk _disk = null!;
    private KeyRing? _keys;
    private int _round;

    public KillDrillTally Tally { get; } = new();

    /// <summary>Runs so many kills and checks after each; every broken promise is a line in the tally.</summary>
    public async Task RunAsync(int rounds, Action<string> say)
    {
        for (_round = 0; _round < rounds; _round++)
        {
            if (_round % RoundsPerFolder == 0)
            {
                await EndFolderAsync();
                BeginFolder(_round / RoundsPerFolder);
            }
            await RoundAsync();
            if ((_round + 1) % 10 == 0)
            {
                say($"{_round + 1} kills: {Tally}");
            }
        }
        await EndFolderAsync();
    }

    private void BeginFolder(int number)
    {
        var place = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(place);
        _data = Path.Combine(place, "data");
        _policy = new DrillPolicy(
            place,
            upstream.Address,
            durability: number % 2 == 1 ? "power" : "process",
            segment: number % 3 == 2 ? "64MiB" : "64KiB",
            budgets: (perCaller, perPool)
        );
        _tokens = [.. Enumerable.Range(0, Callers).Select(_policy.TokenOf)];
        _disk = new LedgerOnDisk(_data);
        _keys = null;
        _received.Clear();
        _streamed.Clear();
        _fresh.Clear();
    }

    private async Task RoundAsync()
    {
        if (_round % _moments.Length == 0)
        {
            _random.Shuffle(_moments);
        }
        var kind = _moments[_round % _moments.Length];
        await using var gateway = GatewayBinary.Start(_policy.PolicyFile, _data);
        if (kind == KillMoment.StartUp)
        {
            Tally.StartUp++;
            await Task.Delay(_random.Next(1200));
        }
        else
        {
            await gateway.ListensAsync();
            await CheckLivingAsync(gateway);
            await LoadAsync(gateway, kind);
        }
        await gateway.KillAsync();
        Tally.Kills++;
        Tally.TornTails += gateway.Said.Contains("torn tail", StringComparison.Ordinal) ? 1 : 0;
        CheckFiles();
    }

    private async Task LoadAsync(GatewayBinary gateway, KillMoment kind)
    {
        using var stop = new CancellationTokenSource();
        var clients = new DrillClient[Clients];
        for (var i = 0; i < Clients; i++)
        {
            clients[i] = new DrillClient(gateway.Address, new Random(_random.Next()), _tokens, FirstPerson, People);
        }
        var running = clients.Select(client => Task.Run(() => client.RunAsync(stop.Token))).ToList();
        await AnswersAsync(clients, 1 + _random.Next(150));
        if (kind == KillMoment.Reload)
        {
            Tally.Reload++;
            _policy.Change(1 + _round);
            await Task.Delay(200 + _random.Next(1300));
        }
        else if (kind == KillMoment.StoreCommit)
        {
            Tally.StoreCommit++;
            running.Add(Task.Run(() => CommitStoresAsync(gateway, stop.Token)));
            await Task.Delay(100 + _random.Next(900));
        }
        else
        {
            Tally.Load++;
            await Task.Delay(_random.Next(600));
        }
        await gateway.KillAsync();
        await stop.CancelAsync();
        await Task.WhenAll(running);
        _fresh.Clear();
        foreach (var client in clients)
        {
            Tally.Answers += client.Answers;
            _fresh.AddRange(client.Received.Where(_received.Add));
            foreach (var caller in client.Streamed)
            {
                _streamed[caller] = _streamed.GetValueOrDefault(caller) + 1;
                Tally.Streamed++;
            }
        }
        Tally.Received += _fresh.Count;
    }

    // A fresh process answers its first requests late, the later the busier the machine is.
    private static async Task AnswersAsync(DrillClient[] clients, int answers)
    {
        for (var waits = 0; waits < 12_000 && clients.Sum(client => client.Answers) < answers; waits++)
        {
            await Task.Delay(5);
        }
    }

    // Asking for the ledger makes both stores commit at once: with this they are killed in their transactions often.
    private static async Task CommitStoresAsync(GatewayBinary gateway, CancellationToken stop)
    {
        try
        {
            using var admin = gateway.Admin();
            while (!stop.IsCancellationRequested)
            {
                using var answer = await admin.GetAsync(new Uri("/v1/unmeasured?take=1", UriKind.Relative), stop);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException) { }
    }

    private void CheckFiles()
    {
        _disk.Look();
        foreach (var gap in _disk.Gaps)
        {
            Tally.Broken.Add($"kill {_round}: the journal has a gap: {gap}");
        }
        _disk.Gaps.Clear();
        if (_fresh.Count > 0)
        {
            _keys ??= LedgerOnDisk.KeysOf(_data);
            foreach (
                var (caller, person) in _fresh.Where(pair => !_disk.Released(CallerKey(pair.Caller), SubjectKeys(pair.Person)))
            )
            {
                Tally.Missed++;
                Tally.Broken.Add($"kill {_round}: caller {caller} received {person}, and no file says so");
            }
        }
        foreach (var (caller, times) in _streamed)
        {
            var listed = _disk.Unmeasured(CallerKey(caller));
            if (listed < times)
            {
                Tally.Unlisted += times - listed;
                Tally.Broken.Add($"kill {_round}: caller {caller} received {times} unread answers, {listed} are listed");
            }
        }
        CheckBudgets();
    }

    private void CheckBudgets()
    {
        foreach (var own in _received.GroupBy(pair => pair.Caller))
        {
            Tally.MostOfCaller = Math.Max(Tally.MostOfCaller, own.Count());
            if (own.Count() > perCaller)
            {
                Tally.Overshoot = Math.Max(Tally.Overshoot, own.Count() - perCaller);
                Tally.Broken.Add($"kill {_round}: caller {own.Key} received {own.Count()} people of {perCaller}");
            }
        }
        var pool = _received.Where(pair => DrillPolicy.IsPartner(pair.Caller)).Select(pair => pair.Person).Distinct().Count();
        if (pool > perPool)
        {
            Tally.Overshoot = Math.Max(Tally.Overshoot, pool - perPool);
            Tally.Broken.Add($"kill {_round}: the pool received {pool} people of {perPool}");
        }
        Tally.MostOfPool = Math.Max(Tally.MostOfPool, pool);
    }

    // The restarted gateway answers for what was received last before the kill, over its own admin API.
    private async Task CheckLivingAsync(GatewayBinary gateway)
    {
        using var admin = gateway.Admin();
        foreach (var (caller, person) in _fresh.TakeLast(2).Concat(_fresh.Take(1)))
        {
            using var answer = await admin.PostAsJsonAsync(
                "/v1/whosaw",
                new { subject = person.ToString(CultureInfo.InvariantCulture) }
            );
            var text = await answer.Content.ReadAsStringAsync();
            if (!text.Contains(CallerKey(caller).ToString(), StringComparison.Ordinal))
            {
                Tally.Missed++;
                Tally.Broken.Add($"after kill {_round - 1}: whosaw {person} does not name caller {caller}: {text}");
            }
        }
        using var status = await admin.GetFromJsonAsync<JsonDocument>("/v1/status");
        var position = status!.RootElement.GetProperty("ledger").GetInt64();
        if (_fresh.Count > 0 && position < _disk.Last)
        {
            Tally.Broken.Add($"after kill {_round - 1}: the stores stand at {position} and the journal held {_disk.Last}");
        }
    }

    // The last start of a folder ends by itself; then both databases must hold all that was ever received from it.
    private async Task EndFolderAsync()
    {
        if (_data.Length == 0 || _received.Count == 0)
        {
            return;
        }
        await using (var gateway = GatewayBinary.Start(_policy.PolicyFile, _data))
        {
            await gateway.ListensAsync();
            await CheckLivingAsync(gateway);
            if (await gateway.StopAsync() != 0)
            {
                Tally.Broken.Add($"after kill {_round}: the gateway ended with {gateway.ExitCode}: {gateway.Said}");
            }
        }
        var state = _disk.InState();
        foreach (var (caller, person) in _received)
        {
            if (!SubjectKeys(person).Any(key => state.Contains(((long)CallerKey(caller).Low, key))))
            {
                Tally.Missed++;
                Tally.Broken.Add($"folder before kill {_round}: the state does not know that {caller} received {person}");
            }
        }
    }

    private Key128 CallerKey(int caller) =>
        AccountKey.Of(_keys ??= LedgerOnDisk.KeysOf(_data), DrillPolicy.Issuer, DrillPolicy.AccountOf(caller));

    private IEnumerable<Key128> SubjectKeys(int person) =>
        SubjectSearch.Of(_keys ??= LedgerOnDisk.KeysOf(_data), person.ToString(CultureInfo.InvariantCulture)).Keys;
}

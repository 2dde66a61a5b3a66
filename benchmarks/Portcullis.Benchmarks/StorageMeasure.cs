using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using Portcullis.Analysis.Exposures;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;
using Portcullis.Storage;

namespace Portcullis.Benchmarks;

/// <summary>
/// How fast the stores follow a gate that commits as fast as it can, what waits meanwhile, and how long a restart with all those exposures
/// takes. Pages of a hundred people, one alias each, to two thousand callers.
/// </summary>
internal static class StorageMeasure
{
    private const int Callers = 2000;
    private const int PageSize = 100;
    private const ulong Phone = 1UL << 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static void Run(int exposures)
    {
        var folder = Directory.CreateTempSubdirectory("portcullis-storage-").FullName;
        try
        {
            Fill(folder, exposures);
            Restart(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Fill(string folder, int exposures)
    {
        using var storage = Open(folder);
        var state = StateOf(storage);
        var operation = state.Operations.TryAdd("api", "GET", "/people", isDeclared: true)!;
        state.Open();
        storage.Start();
        var watch = Stopwatch.StartNew();
        var pages = exposures / PageSize;
        long mostBehind = 0;
        for (var page = 0; page < pages; page++)
        {
            Commit(state, operation, page);
            mostBehind = Math.Max(mostBehind, storage.Journal.LastSequence - storage.Ledger.Position);
        }
        var gate = watch.Elapsed;
        Say(
            "gate",
            $"{pages} exchanges, {exposures} exposures in {gate.TotalSeconds:F1} s: {exposures / gate.TotalSeconds:F0} exposures/s"
        );
        Say("behind", $"{mostBehind} exchanges at most, {storage.Journal.DiskBytes >> 20} MiB of journal at the end");
        if (!storage.CatchUp(Patience))
        {
            throw new InvalidOperationException("The stores did not catch up.");
        }
        Say(
            "stores",
            $"caught up after {watch.Elapsed.TotalSeconds:F1} s: {exposures / watch.Elapsed.TotalSeconds:F0} exposures/s sustained"
        );
        Say("memory", $"{Environment.WorkingSet >> 20} MiB resident");
        foreach (
            var file in Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => new FileInfo(file).Length > 1 << 20)
        )
        {
            Say("disk", $"{Path.GetFileName(file)} {new FileInfo(file).Length >> 20} MiB");
        }
    }

    private static void Restart(string folder)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        using var storage = Open(folder);
        var state = StateOf(storage);
        Say("open", $"{watch.Elapsed.TotalSeconds:F2} s");
        storage.Restore(state);
        Say("facts", $"restored after {watch.Elapsed.TotalSeconds:F2} s");
        storage.RestoreBudgets(state, state.Policy);
        Say("budgets", $"restored after {watch.Elapsed.TotalSeconds:F2} s, {Environment.WorkingSet >> 20} MiB resident");
        state.Open();
        storage.Start();
        Ask("usage (ready, operations)", () => storage.Ledger.UsageAsync(CancellationToken.None));
        Ask("callers", () => storage.Ledger.CallersAsync(CallerOrder.People, 50, CancellationToken.None));
        Ask("exposure of a caller", () => storage.Ledger.ExposureAsync(KeyOf(state, 7), CancellationToken.None));
        Ask("whosaw", () => storage.Ledger.WhoSawAsync([Subject(state, 12)], 1000, CancellationToken.None));
    }

    private static void Ask(string what, Func<Task> question)
    {
        var watch = Stopwatch.StartNew();
        question().GetAwaiter().GetResult();
        Say(what, $"{watch.Elapsed.TotalMilliseconds:F0} ms");
    }

    private static EmbeddedStorage Open(string folder) =>
        EmbeddedStorage.Open(
            new StorageOptions
            {
                Folder = Path.Combine(folder, "data"),
                StoreFailed = static (store, fault) => Say(store, fault.Message),
            }
        );

    private static GateState StateOf(EmbeddedStorage storage)
    {
        var policy = new PolicySnapshot
        {
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
            Mode = Mode.Enforce,
            Budgets =
            [
                new Budget
                {
                    Name = "month",
                    Scope = BudgetScope.Caller,
                    Limit = 1_000_000,
                    Window = TimeSpan.FromDays(30),
                },
            ],
        };
        return new GateState(policy, storage.Keys, storage.Journal, storage.NewClock(), NoFindings.Instance);
    }

    private static void Commit(GateState state, Operation operation, int page)
    {
        var caller = KeyOf(state, page % Callers);
        var exchange = new Exchange
        {
            Policy = state.Policy,
            StartedAt = state.Clock.Now,
            IsEnforced = true,
            WasForwarded = true,
            Status = 200,
            ResponseClasses = Phone,
            Plan = new OperationPlan { Operation = operation, Budgets = state.Policy.Budgets },
        };
        exchange.Caller = state.Callers.GetOrAdd(caller, Rung.Account, exchange.StartedAt);
        exchange.AddRung(exchange.Caller);
        for (var i = 0; i < PageSize; i++)
        {
            // Every caller receives its own stretch of the people, and stretches overlap between callers.
            var person = (page % Callers * 450) + (page / Callers * PageSize) + i;
            exchange.Items.Add(
                new ItemFact
                {
                    Subject = Subject(state, person),
                    Classes = Phone,
                    FirstAlias = exchange.Aliases.Count,
                    AliasCount = 1,
                    HasOwnId = true,
                    Range = new TextRange(1, 1),
                }
            );
            exchange.Aliases.Add(new AliasFact(state.Keys.Hash(KeyPurpose.Alias, 3, NumberOf(person)), 3));
        }
        state.Commit(exchange);
    }

    private static Key128 KeyOf(GateState state, int caller) => state.Keys.Hash(KeyPurpose.Caller, 0, NumberOf(caller));

    private static Key128 Subject(GateState state, int person) => state.Keys.Hash(KeyPurpose.Subject, 0, NumberOf(person));

    private static string NumberOf(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Say(string what, string text) => Console.WriteLine($"{what, -28}{text}");
}

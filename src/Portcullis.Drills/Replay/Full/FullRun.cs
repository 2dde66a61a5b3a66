using System.Collections.Concurrent;
using Portcullis.Core.Decisions;
using Portcullis.Drills.Oracle;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay.Full;

/// <summary>Runs B03 at its real counts: one thread makes the requests, one drives the gate, in one order.</summary>
internal sealed class FullRun : IDisposable
{
    private const int Batches = 8;
    private const int SecondsPerBatch = 60;

    private readonly World _world;
    private readonly Cell _cell;
    private readonly ReplayOptions _options;
    private readonly BlockingCollection<List<FullRequest>> _ready = new(Batches);
    private readonly BlockingCollection<List<FullRequest>> _free = new(Batches * 2);
    private readonly ulong[] _lost = new ulong[(FullTraffic.People + 63) / 64];
    private readonly ulong[] _refused = new ulong[(FullTraffic.Consumers + 63) / 64];
    private readonly ulong[] _seen = new ulong[(FullTraffic.Consumers + 63) / 64];
    private readonly LossCurve _losses = new();
    private long _attackRequests;
    private long _benign;
    private long _denied;
    private long? _firstVerdict;
    private Exception? _fault;

    public FullRun(World world, Cell cell, ReplayOptions options)
    {
        _world = world;
        _cell = cell;
        _options = options;
    }

    /// <summary>Days to run; fewer only to measure.</summary>
    public int Days { get; init; } = FullTraffic.Days;

    public ReplayResult Run()
    {
        var clock = new VirtualClock();
        using var policy = new DrillPolicy(_world, _cell.Knowledge);
        var journal = new CountingJournal();
        var gate = GuardedRun.GateOf(policy, _world.Seed, clock, _options.Journal ?? (_ => journal));
        var full = new FullGate(gate, _world.Scenario.Operation(_cell.Shape.Operation).Host);
        for (var i = 0; i < Batches; i++)
        {
            _free.Add(new List<FullRequest>(SecondsPerBatch * 64));
        }
        var generator = new Thread(Generate) { IsBackground = true, Name = "full traffic" };
        generator.Start();
        foreach (var batch in _ready.GetConsumingEnumerable())
        {
            foreach (ref readonly var request in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch))
            {
                clock.Now = request.At;
                var reached = full.Send(request, out var verdict);
                Count(request, reached, verdict);
            }
            batch.Clear();
            _free.Add(batch);
        }
        generator.Join();
        return _fault is null
            ? Result(journal)
            : throw new InvalidOperationException("The traffic of a full-scale run failed.", _fault);
    }

    public void Dispose()
    {
        _ready.Dispose();
        _free.Dispose();
    }

    private void Generate()
    {
        try
        {
            var traffic = new FullTraffic(_options.Seed, _world.Mint.Secret, _cell.Shape, _options.Identities);
            for (var second = 0; second < Days * 86_400; )
            {
                var batch = _free.Take();
                for (var i = 0; i < SecondsPerBatch; i++)
                {
                    traffic.Second(second++, batch);
                }
                _ready.Add(batch);
            }
        }
#pragma warning disable CA1031 // Whatever stops the generator is thrown again by the thread that waits for it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = fault;
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }

    private void Count(in FullRequest request, bool reached, VerdictKind verdict)
    {
        if (request.Consumer >= 0)
        {
            _benign++;
            _seen[request.Consumer >> 6] |= 1UL << request.Consumer;
            if (!reached)
            {
                _denied++;
                _refused[request.Consumer >> 6] |= 1UL << request.Consumer;
            }
            return;
        }
        _attackRequests++;
        if (verdict >= VerdictKind.Mask)
        {
            _firstVerdict ??= _attackRequests;
        }
        ref var word = ref _lost[request.Person >> 6];
        if (reached && (word & (1UL << request.Person)) == 0)
        {
            word |= 1UL << request.Person;
            _losses.Add(request.At);
        }
    }

    private static long Ones(ulong[] bits)
    {
        var count = 0L;
        foreach (var word in bits)
        {
            count += System.Numerics.BitOperations.PopCount(word);
        }
        return count;
    }

    private ReplayResult Result(CountingJournal journal)
    {
        var lost = Ones(_lost);
        var rate = _benign == 0 ? 0 : (double)_denied / _benign;
        var target = _world.Scenario.Expected(_cell.Variant, _cell.Knowledge)?.For(_options.Identities);
        var end = Days * RequestSource.DayMilliseconds;
        return new ReplayResult
        {
            Scenario = _world.Scenario.Id,
            Variant = _cell.Variant,
            Knowledge = _cell.Knowledge.ToString().ToLowerInvariant(),
            Attacker = _cell.Attacker.ToString().ToLowerInvariant(),
            K = _options.Identities,
            Scale = "full",
            Seed = _options.Seed,
            AttackRequests = _attackRequests,
            BenignRequests = _benign,
            BenignCallers = Ones(_seen),
            RecordsAtStake = FullTraffic.People,
            LostWithout = _attackRequests,
            Lost = lost,
            LeakFull = lost,
            LeakExist = 0,
            LeakWrite = 0,
            LeakValue = 0,
            BenignDenied = _denied,
            BenignDeniedRate = rate,
            BenignDeniedUpper95 = ClopperPearson.Upper95(_denied, _benign),
            BenignCallersRefused = Ones(_refused),
            WorstRole = _denied == 0 ? null : "R1",
            WorstRoleRate = rate,
            LongestLockoutSeconds = 0,
            FirstVerdictAfterRequests = _firstVerdict,
            StoppedAfterSeconds = _losses.LastAfter(0),
            Target = target,
            Met = target is null ? null : lost <= target && rate <= _world.Scenario.BenignDeniedRate,
            Detail = new ReplayDetail
            {
                LostInRecon = 0,
                LostWhileLearning = 0,
                RequestsByRole = new Dictionary<string, long> { ["R1"] = _benign },
                DeniedByRule = [],
                Note =
                    $"Full scale gives the gate items already extracted instead of bodies, and leaves existence and lock-out lengths uncounted; every guess names somebody. {journal.LastSequence:N0} journal records of {journal.Bytes:N0} bytes were written as live and counted, not kept.",
                Curve = LossCurve.Join(new LossCurve(), _losses, 0, end),
            },
        };
    }
}

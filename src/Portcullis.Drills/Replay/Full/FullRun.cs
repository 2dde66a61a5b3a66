using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using Portcullis.Drills.Oracle;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay.Full;

/// <summary>
/// Runs B03 at its real counts on two threads: one makes the requests and reads their heads, which is pure; one takes them through the gate
/// in the order of their time, so that the same seed gives the same result whatever the threads' pace.
/// </summary>
internal sealed class FullRun : IDisposable
{
    private const int Batches = 8;
    private const int SecondsPerBatch = 10;

    private readonly World _world;
    private readonly Cell _cell;
    private readonly ReplayOptions _options;
    private readonly BlockingCollection<List<FullRequest>> _ready = new(Batches);
    private readonly BlockingCollection<List<FullRequest>> _free = new(Batches * 2);
    private readonly int _days;
    private readonly FullTally _tally;
    private volatile bool _isStopped;
    private Exception? _fault;

    public FullRun(World world, Cell cell, ReplayOptions options)
    {
        _world = world;
        _cell = cell;
        _options = options;
        _days = options.Days ?? FullTraffic.Days;
        _tally = new FullTally(_days);
    }

    public ReplayResult Run()
    {
        var latency = GCSettings.LatencyMode;
        // Nobody waits for an answer here, so collections need not run beside the gate and take its core.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        using var kept = _options.FullJournal?.Invoke() ?? new DroppingJournal();
        var journal = new FullJournal(kept);
        try
        {
            Drive(journal);
            kept.Finish();
        }
        finally
        {
            GCSettings.LatencyMode = latency;
        }
        return _fault is null
            ? Result(journal, kept)
            : throw new InvalidOperationException("The traffic of a full-scale run failed.", _fault);
    }

    public void Dispose()
    {
        _ready.Dispose();
        _free.Dispose();
    }

    private void Drive(FullJournal journal)
    {
        var clock = new VirtualClock();
        using var policy = new DrillPolicy(_world, _cell.Knowledge);
        var gate = new FullGate(
            GuardedRun.GateOf(policy, _world.Seed, clock, _ => journal),
            _world.Scenario.Operation(_cell.Shape.Operation).Host
        );
        for (var i = 0; i < Batches; i++)
        {
            _free.Add([]);
        }
        var generator = new Thread(() => Generate(gate)) { IsBackground = true, Name = "full traffic" };
        generator.Start();
        try
        {
            foreach (var batch in _ready.GetConsumingEnumerable())
            {
                _options.Stop.ThrowIfCancellationRequested();
                Send(gate, clock, batch);
                batch.Clear();
                _free.Add(batch);
            }
        }
        finally
        {
            _isStopped = true;
            _free.CompleteAdding();
            generator.Join();
        }
    }

    private void Send(FullGate gate, VirtualClock clock, List<FullRequest> batch)
    {
        foreach (ref readonly var request in CollectionsMarshal.AsSpan(batch))
        {
            clock.Now = request.At;
            var exchange = gate.Send(request, out var reached);
            if (request.Consumer >= 0)
            {
                _tally.Honest(request, exchange, reached);
            }
            else
            {
                _tally.Attack(request, exchange, reached);
            }
        }
    }

    private void Generate(FullGate gate)
    {
        try
        {
            using var traffic = new FullTraffic(_options.Seed, _world.Mint.Secret, _cell.Shape, _options.Identities);
            for (var second = 0; second < _days * 86_400 && !_isStopped; )
            {
                var batch = _free.Take();
                for (var i = 0; i < SecondsPerBatch; i++)
                {
                    traffic.Second(second++, batch);
                }
                gate.ReadAhead(CollectionsMarshal.AsSpan(batch));
                _ready.Add(batch);
            }
        }
#pragma warning disable CA1031 // Whatever stops the generator is thrown again by the thread that waits for it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = _isStopped ? null : fault;
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }

    private ReplayResult Result(FullJournal journal, IReplayJournal kept)
    {
        var lost = _tally.Lost;
        var (benign, denied) = (_tally.BenignRequests, _tally.BenignDenied);
        var rate = benign == 0 ? 0 : (double)denied / benign;
        var target = _world.Scenario.Expected(_cell.Variant, _cell.Knowledge)?.For(_options.Identities);
        return new ReplayResult
        {
            Scenario = _world.Scenario.Id,
            Variant = _cell.Variant,
            Knowledge = _cell.Knowledge.ToString().ToLowerInvariant(),
            Attacker = _cell.Attacker.ToString().ToLowerInvariant(),
            K = _options.Identities,
            Scale = "full",
            Seed = _options.Seed,
            AttackRequests = _tally.AttackRequests,
            BenignRequests = benign,
            BenignCallers = _tally.BenignCallers,
            RecordsAtStake = FullTraffic.People,
            LostWithout = _tally.LostWithout,
            Lost = lost,
            LeakFull = lost,
            LeakExist = _tally.Confirmed,
            LeakWrite = 0,
            LeakValue = 0,
            BenignDenied = denied,
            BenignDeniedRate = rate,
            BenignDeniedUpper95 = ClopperPearson.Upper95(denied, benign),
            BenignCallersRefused = _tally.BenignCallersRefused,
            WorstRole = denied == 0 ? null : "R1",
            WorstRoleRate = rate,
            LongestLockoutSeconds = _tally.LongestLockoutSeconds,
            FirstVerdictAfterRequests = _tally.FirstVerdict,
            StoppedAfterSeconds = _tally.StoppedAfterSeconds,
            Target = target,
            Met = target is null ? null : lost <= target && rate <= _world.Scenario.BenignDeniedRate,
            Detail = new ReplayDetail
            {
                LostInRecon = 0,
                LostWhileLearning = 0,
                RequestsByRole = new Dictionary<string, long> { ["R1"] = benign },
                DeniedByRule = _tally.DeniedByRule,
                BodiesPreExtracted = true,
                JournalRecords = journal.Records,
                JournalBytes = journal.Bytes,
                JournalBytesCached = kept.MostBytesKept,
                Note = Note(journal, kept),
                Curve = _tally.Curve(),
            },
        };
    }

    private static string Note(FullJournal journal, IReplayJournal kept) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Full scale gives the gate the items of each answer already extracted instead of a body to read; identity, operation, admission, ownership, exposure, commit and journal are real. All guesses name somebody and honest traffic is role R1 alone. {journal.Records:N0} journal records of {journal.Bytes:N0} bytes were written to {kept.Kind}; at most {kept.MostBytesKept:N0} bytes of them were kept, and may lie in the page cache, at a time."
        );
}

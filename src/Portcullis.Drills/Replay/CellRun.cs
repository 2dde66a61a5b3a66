using Portcullis.Core.Decisions;
using Portcullis.Drills.Oracle;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>Runs one cell: the same traffic without and with the gate, counted by the oracle.</summary>
internal sealed class CellRun
{
    private const long LearningMilliseconds = 7 * RequestSource.DayMilliseconds;
    private const string WireNote =
        "Over sockets: one request after the other in the order of their virtual times, over kept connections as from a load balancer that names each client in X-Forwarded-For; the gate's clock follows the run, so its days are compressed into seconds.";

    private readonly World _world;
    private readonly ValueIndex _index;
    private readonly Cell _cell;
    private readonly ReplayOptions _options;
    private readonly AttackPace _pace;
    private readonly SimulatedRequest _request = new();
    private readonly SimulatedAnswer _answer = new();
    private readonly SimulatedAnswer _truth = new();
    private readonly LossCurve _losses = new();
    private long _attackRequests;
    private long _lostInRecon;
    private long? _firstVerdict;

    public CellRun(World world, ValueIndex index, Cell cell, ReplayOptions options)
    {
        _world = world;
        _index = index;
        _cell = cell;
        _options = options;
        _pace = new AttackPace(cell.Attacker, options.Identities, cell.Knowledge == KnowledgeLevel.Learned);
    }

    public ReplayResult Run()
    {
        var without = RunWithout(out var lostWithout);
        var traffic = new Traffic(_world, _cell.Shape, _pace);
        var oracle = NewOracle();
        var tally = new HonestTally(_world.Scenario.Roles.Length);
        var clock = new VirtualClock();
        using var guarded = GuardedRun.Open(_world, _cell, _options, clock);
        var bare = new SampleUpstream(_world.Scenario, _cell.Shape, _world.Population, _world.Mint);
        var review = LearningMilliseconds;
        while (traffic.Next(_request))
        {
            _options.Stop.ThrowIfCancellationRequested();
            clock.Now = _request.At;
            if (_request.At >= review)
            {
                guarded.Review();
                review += RequestSource.DayMilliseconds;
            }
            guarded.Transport.Send(_request, _answer);
            if (_request.IsAttack)
            {
                Watch(oracle);
            }
            else
            {
                bare.Answer(_request, _truth);
                tally.Observe(_request, _answer, _truth);
            }
        }
        return Result(oracle, tally, traffic.AttackAt, lostWithout, without);
    }

    private LossCurve RunWithout(out int lost)
    {
        var traffic = new Traffic(_world, _cell.Shape, _pace, withHonest: false);
        var oracle = NewOracle();
        var upstream = new SampleUpstream(_world.Scenario, _cell.Shape, _world.Population, _world.Mint);
        var curve = new LossCurve();
        var clock = new VirtualClock();
        using var wire = _options.Scale == ReplayScale.Wire ? GuardedRun.WireOf(_options).OpenBare(upstream, clock) : null;
        var transport = wire?.Transport ?? new DirectTransport(upstream);
        while (traffic.Next(_request))
        {
            _options.Stop.ThrowIfCancellationRequested();
            clock.Now = _request.At;
            transport.Send(_request, _answer);
            if (oracle.Observe(_request, _answer))
            {
                curve.Add(_request.At);
            }
        }
        lost = oracle.LeakFull;
        return curve;
    }

    private TruthOracle NewOracle()
    {
        // Whoever holds no customer's credential still has the one contract its odd calls ask about.
        var contracts = _cell.Shape.Held == CredentialKind.Customer ? _options.Identities : 1;
        return new TruthOracle(_index, person => _world.IsAttackersOwn(person, contracts));
    }

    private void Watch(TruthOracle oracle)
    {
        _attackRequests++;
        if (_answer.Verdict >= VerdictKind.Mask)
        {
            _firstVerdict ??= _attackRequests;
        }
        if (oracle.Observe(_request, _answer))
        {
            _losses.Add(_request.At);
            _lostInRecon += _request.IsRecon ? 1 : 0;
        }
    }

    private ReplayResult Result(TruthOracle oracle, HonestTally tally, long attackAt, int lostWithout, LossCurve without)
    {
        var scenario = _world.Scenario;
        var target = Target();
        var isPromised = target is not null || PromisesAccess();
        var rate = tally.Requests == 0 ? 0 : (double)tally.Denied / tally.Requests;
        var worst = Enumerable.Range(0, scenario.Roles.Length).MaxBy(tally.RateOf);
        var allowed = _cell.Shape.Aim == AttackAim.Control ? 0 : scenario.BenignDeniedRate;
        var isKept = oracle.LeakFull <= (target ?? long.MaxValue) && rate <= allowed;
        var isUntested = isPromised && isKept && lostWithout == 0 && _cell.Shape.Aim != AttackAim.Control;
        var end = scenario.Days * RequestSource.DayMilliseconds;
        return new ReplayResult
        {
            Scenario = scenario.Id,
            Variant = _cell.Variant,
            Knowledge = Word(_cell.Knowledge),
            Attacker = Word(_cell.Attacker),
            K = _options.Identities,
            Scale = Word(_options.Scale),
            Seed = _options.Seed,
            AttackRequests = _attackRequests,
            BenignRequests = tally.Requests,
            BenignCallers = tally.Callers,
            RecordsAtStake = _world.Population.Count,
            LostWithout = lostWithout,
            Lost = oracle.LeakFull,
            LeakFull = oracle.LeakFull,
            LeakExist = oracle.LeakExist,
            LeakWrite = oracle.LeakWrite,
            LeakValue = 0,
            BenignDenied = tally.Denied,
            BenignDeniedRate = rate,
            BenignDeniedUpper95 = ClopperPearson.Upper95(tally.Denied, tally.Requests),
            BenignCallersRefused = tally.CallersRefused,
            WorstRole = tally.Denied == 0 ? null : scenario.Roles[worst].Name,
            WorstRoleRate = tally.RateOf(worst),
            LongestLockoutSeconds = tally.LongestLockout(end) / 1000.0,
            FirstVerdictAfterRequests = _firstVerdict,
            StoppedAfterSeconds = _losses.LastAfter(attackAt),
            Target = target,
            Met = isPromised && !isUntested ? isKept : null,
            IsUntested = isUntested,
            Detail = new ReplayDetail
            {
                LostInRecon = _lostInRecon,
                LostWhileLearning = _cell.Knowledge == KnowledgeLevel.Learned ? _losses.Before(LearningMilliseconds) : 0,
                RequestsByRole = RequestsByRole(tally),
                Note = _options.Scale == ReplayScale.Wire ? WireNote : null,
                DeniedByRule = new Dictionary<string, long>(tally.Rules),
                Curve = LossCurve.Join(without, _losses, attackAt, end),
            },
        };
    }

    private Dictionary<string, long> RequestsByRole(HonestTally tally)
    {
        var byRole = new Dictionary<string, long>();
        for (var role = 0; role < _world.Scenario.Roles.Length; role++)
        {
            byRole[_world.Scenario.Roles[role].Name] = tally.RequestsOf(role);
        }
        return byRole;
    }

    private long? Target() =>
        _cell.Shape.Aim == AttackAim.Control && _cell.Knowledge >= KnowledgeLevel.Spec
            ? 0
            : _world.Scenario.Expected(_cell.Variant, _cell.Knowledge)?.For(_options.Identities);

    // Against an attacker who wants honest callers refused the promise is that they are not, whatever he reads meanwhile.
    private bool PromisesAccess() => _cell.Shape.Aim == AttackAim.Lockout && _cell.Knowledge >= KnowledgeLevel.Spec;

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

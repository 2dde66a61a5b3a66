using System.Net;
using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>The attacker: walks people it does not own, or spends honest callers' access.</summary>
public sealed class AttackSource : RequestSource
{
    private const int LearningDays = 7;
    private const int Tactics = 4;

    private readonly World _world;
    private readonly AttackShape _shape;
    private readonly AttackPace _pace;
    private readonly OperationShape _operation;
    private readonly Permutation _order;
    private readonly Xoshiro256 _random;
    private readonly int _early;
    private int _sent;
    private int _hits;
    private int _misses;

    public AttackSource(World world, AttackShape shape, AttackPace pace)
    {
        _world = world;
        _shape = shape;
        _pace = pace;
        _operation = world.Scenario.Operation(shape.Operation);
        _order = new Permutation(world.Population.Count, Xoshiro256.Mix(world.Seed ^ 0xA77AC4));
        _random = new Xoshiro256(world.Seed, 0xA77AC4);
        _early = pace.ActsWhileLearning ? shape.Requests / 20 : 0;
        NextAt = At(0);
    }

    /// <summary>When the main phase begins.</summary>
    public long MainPhaseAt => _world.Scenario.AttackDay * DayMilliseconds + 3 * HourMilliseconds;

    public override void Take(SimulatedRequest request)
    {
        request.Clear();
        request.At = NextAt;
        request.Role = SimulatedRequest.Attacker;
        var identity = _sent % _pace.Identities;
        request.Caller = identity;
        if (_shape.Aim == AttackAim.Lockout)
        {
            Spend(request, identity);
        }
        else
        {
            Guess(request);
            request.Address = Address(identity);
            ShowCredential(request, _shape.Credential, identity);
        }
        RequestText.Describe(request, _shape.Credential, int.MaxValue, identity);
        _sent++;
        NextAt = At(_sent);
    }

    private long At(int number)
    {
        if (number >= _shape.Requests)
        {
            return long.MaxValue;
        }
        if (number < _early)
        {
            return DayMilliseconds + (long)((LearningDays - 2.0) * DayMilliseconds * number / _early);
        }
        var main = number - _early;
        if (_pace.Kind != AttackerKind.Patient)
        {
            return MainPhaseAt + (long)(main * 1000 / _shape.PerSecond);
        }
        var span = (_world.Scenario.Days - _world.Scenario.AttackDay) * DayMilliseconds - 6 * HourMilliseconds;
        return MainPhaseAt + (long)((double)span * main / (_shape.Requests - _early));
    }

    private void Guess(SimulatedRequest request)
    {
        request.IsGuess = true;
        string value;
        if (_hits < _world.Population.Count && _random.Chance(_shape.Hits))
        {
            request.Asked = _shape.Order == AttackOrder.Sequential ? _hits : _order[_hits];
            _hits++;
            value = _world.Population.Value(request.Asked, _shape.By);
        }
        else
        {
            value = _world.Population.Missing((int)(Xoshiro256.Mix(_world.Seed) & 0xFFFF) + _misses++, _shape.By);
        }
        RequestText.Ask(request, _operation, _shape.Host ?? _operation.Host, value);
    }

    private IPAddress Address(int identity)
    {
        if (_pace.Kind == AttackerKind.Loud)
        {
            return _world.Addresses.Loud(identity);
        }
        // Requests take turns over the addresses in use; each generation lives as long as the scenario says.
        var generation = (int)((NextAt - Math.Min(NextAt, MainPhaseAt)) / (long)(_shape.AddressLife * 1000));
        var inUse = Math.Max(1, _shape.Addresses / 4);
        return _world.Addresses.Proxy((generation * inUse + _sent % inUse) % _shape.Addresses);
    }

    private void ShowCredential(SimulatedRequest request, CredentialKind kind, int identity)
    {
        if (kind != CredentialKind.None)
        {
            request.Headers.Add("Authorization", _world.Mint.Bearer(_world.AttackerIdentity(kind, identity), request.At));
        }
    }

    private void Spend(SimulatedRequest request, int identity)
    {
        Guess(request);
        var role = _random.Below(_world.Scenario.Roles.Length);
        var user = _random.Below(_world.Scenario.Roles[role].Users);
        request.Address = _world.Addresses.Honest(_world.Scenario.Roles[role].Network, role, user, request.At);
        switch (_sent % Tactics)
        {
            case 0:
                return;
            case 1 when _world.HonestIdentity(role, user) is { } victim:
                request.Headers.Add("Authorization", _world.Mint.Forged(victim, request.At));
                return;
            case 2:
                request.Headers.Add("Authorization", "Bearer " + _random.Next().ToString("x16"));
                return;
            default:
                ShowCredential(request, _shape.Held, identity);
                return;
        }
    }
}

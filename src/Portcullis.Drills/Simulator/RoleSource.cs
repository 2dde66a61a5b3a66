using System.Text;
using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>All honest callers of one role: a Poisson process whose rate follows the hour, the flash sale and nothing the gate does.</summary>
public sealed class RoleSource : RequestSource
{
    private static readonly double[] Day =
    [
        0.3,
        0.2,
        0.15,
        0.15,
        0.2,
        0.4,
        0.7,
        1.0,
        1.1,
        1.1,
        1.1,
        1.2,
        1.3,
        1.2,
        1.1,
        1.2,
        1.3,
        1.5,
        1.7,
        1.9,
        1.9,
        1.6,
        1.1,
        0.6,
    ];

    private static readonly double[] Business =
    [
        0.02,
        0.02,
        0.02,
        0.02,
        0.02,
        0.02,
        0.2,
        0.8,
        2.0,
        2.4,
        2.4,
        2.2,
        1.8,
        2.2,
        2.4,
        2.4,
        2.2,
        1.6,
        0.8,
        0.3,
        0.1,
        0.02,
        0.02,
        0.02,
    ];

    private static readonly double[] Batch =
    [
        0.6,
        0.6,
        2.6,
        3.6,
        3.2,
        1.6,
        0.8,
        0.8,
        0.8,
        0.8,
        0.8,
        0.8,
        0.8,
        0.8,
        0.8,
        0.8,
        0.8,
        0.6,
        0.6,
        0.5,
        0.5,
        0.5,
        0.5,
        0.5,
    ];

    private readonly World _world;
    private readonly int _number;
    private readonly RoleShape _role;
    private readonly Xoshiro256 _random;
    private readonly double[] _hours;
    private readonly double _hourSum;
    private readonly double _weights;

    public RoleSource(World world, int number)
    {
        _world = world;
        _number = number;
        _role = world.Scenario.Roles[number];
        _random = new Xoshiro256(world.Seed, (ulong)number + 1);
        _hours = _role.Rhythm switch
        {
            Rhythm.Business => Business,
            Rhythm.Batch => Batch,
            _ => Day,
        };
        _hourSum = _hours.Sum();
        _weights = _role.Asks.Sum(pair => pair.Value);
        NextAt = After(0);
    }

    public override void Take(SimulatedRequest request)
    {
        request.Clear();
        request.At = NextAt;
        request.Role = _number;
        var user = User();
        request.Caller = user;
        request.Address = _world.Addresses.Honest(_role.Network, _number, user, NextAt);
        var operation = Choose();
        RequestText.Ask(request, operation, operation.Host, ValueFor(operation, user, request));
        RequestText.Describe(request, _role.Credential, _world.Scenario.ReleaseDay, user);
        if (_world.HonestIdentity(_number, user) is { } identity)
        {
            request.Headers.Add("Authorization", _world.Mint.Bearer(identity, NextAt));
        }
        NextAt = After(NextAt);
    }

    // Within an hour the rate is constant; at its end the memoryless wait is simply drawn anew.
    private long After(long now)
    {
        while (true)
        {
            var hour = now / HourMilliseconds;
            var day = hour / 24;
            var sale = day == _world.Scenario.SaleDay ? _role.FlashSale : 1;
            var perMillisecond =
                _role.Users * (_role.PerDay + _role.PerDayMost) / 2 * sale * _hours[hour % 24] / _hourSum / HourMilliseconds;
            var next = now + 1 + (long)_random.Wait(perMillisecond);
            if (next < (hour + 1) * HourMilliseconds)
            {
                return next;
            }
            now = (hour + 1) * HourMilliseconds;
        }
    }

    // The rate of a user rises evenly from the first to the last, so the users before one make a trapezium: its area is inverted.
    private int User()
    {
        var (least, rise) = (_role.PerDay, _role.PerDayMost - _role.PerDay);
        if (rise == 0)
        {
            return _random.Below(_role.Users);
        }
        var area = _random.Unit() * (least + rise / 2);
        var share = (Math.Sqrt(least * least + 2 * rise * area) - least) / rise;
        return Math.Min(_role.Users - 1, (int)(share * _role.Users));
    }

    private OperationShape Choose()
    {
        var drawn = _random.Unit() * _weights;
        foreach (var (name, weight) in _role.Asks)
        {
            drawn -= weight;
            if (drawn < 0)
            {
                return _world.Scenario.Operation(name);
            }
        }
        return _world.Scenario.Operation(_role.Asks[^1].Key);
    }

    private string ValueFor(OperationShape operation, int user, SimulatedRequest request)
    {
        if (operation.Finds.Length == 0)
        {
            return "";
        }
        if (_role.Whom != Whom.Own && _random.Chance(_role.Misses))
        {
            return _world.Population.Missing(_random.Below(1 << 20), operation.Finds[0]);
        }
        var person = _role.Whom switch
        {
            Whom.Own => Own(user),
            Whom.Customers => ((user * 7919) + (_random.Below(_role.Customers) * 13)) % _world.Population.Count,
            _ => _random.Below(_world.Population.Count),
        };
        request.Asked = person;
        return _world.Population.Value(person, operation.Finds[0]);
    }

    private int Own(int user)
    {
        var person = _world.PersonOf(_number, user);
        var family = _world.Population.Plan.Family;
        return family > 1 && _random.Chance(_role.Family) ? person + 1 + _random.Below(family - 1) : person;
    }
}

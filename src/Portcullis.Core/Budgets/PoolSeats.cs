using System.Numerics;
using Portcullis.Core.Exposure;
using Portcullis.Core.Expressions;

namespace Portcullis.Core.Budgets;

/// <summary>
/// Numbers pools by name and condition for the life of the process, whatever their place in a policy, so that a member is known to have joined
/// one however often the policy is loaded. Not thread-safe: touched only under the commit lock.
/// </summary>
internal sealed class PoolSeats
{
    private const int Most = 64;

    private readonly Dictionary<(string Name, string Condition), int> _seats = [];
    private int[] _byIndex = [];
    private ulong _opened;
    private ulong _new;

    /// <summary>Changes when seats are given anew, because a process has seen more than 64 pools.</summary>
    public int Epoch { get; private set; } = 1;

    /// <summary>The pools of the policy in force from now on.</summary>
    public void Number(Pool[] pools)
    {
        if (_seats.Count + pools.Length > Most)
        {
            _seats.Clear();
            (_opened, _new) = (0, 0);
            Epoch++;
        }
        _byIndex = [.. pools.Select(SeatOf)];
    }

    /// <summary>Seats of pools given as bits by <see cref="Pool.Index"/>.</summary>
    public ulong Of(ulong pools)
    {
        var seats = 0UL;
        for (; pools != 0; pools &= pools - 1)
        {
            seats |= 1UL << _byIndex[BitOperations.TrailingZeroCount(pools)];
        }
        return seats;
    }

    /// <summary>
    /// At the first member of a pool, before it is charged: what the pool holds by then was put back from the ledger, so it has been counting
    /// before; one that holds nothing is new.
    /// </summary>
    public void Open(ulong seats, Budget[] budgets, Dictionary<string, PoolState> states)
    {
        seats &= ~_opened;
        if (seats == 0)
        {
            return;
        }
        _opened |= seats;
        _new |= seats;
        foreach (var budget in budgets)
        {
            if (budget.Pool is { } pool && states.TryGetValue(pool.Name, out var state) && Holds(state))
            {
                _new &= ~(seats & Of(pool.Mask));
            }
        }
    }

    /// <summary>True for a pool that held nothing when its first member came.</summary>
    public bool IsNew(Pool pool) => (_new & Of(pool.Mask)) != 0;

    private static bool Holds(PoolState state)
    {
        foreach (var set in state.Exposure.Sets)
        {
            if (set.Count > 0)
            {
                return true;
            }
        }
        return false;
    }

    private int SeatOf(Pool pool)
    {
        if (!_seats.TryGetValue((pool.Name, pool.Condition), out var seat))
        {
            seat = _seats.Count;
            _seats.Add((pool.Name, pool.Condition), seat);
        }
        return seat;
    }
}

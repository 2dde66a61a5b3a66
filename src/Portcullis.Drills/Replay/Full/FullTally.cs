using System.Numerics;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay.Full;

/// <summary>What became of everybody's requests, one bit per person, so that a hundred million people fit.</summary>
internal sealed class FullTally(int days)
{
    private const int CurvePoints = 60;
    private const long MinuteMilliseconds = 60_000;

    private readonly Bits _lost = new(FullTraffic.People);
    private readonly Bits _confirmed = new(FullTraffic.People);
    private readonly Bits _refused = new(FullTraffic.Consumers);
    private readonly Bits _seen = new(FullTraffic.Consumers);
    private readonly Dictionary<int, long> _lockedSince = [];
    private readonly SortedDictionary<string, long> _rules = new(StringComparer.Ordinal);
    private readonly int[] _lostByMinute = new int[days * 1440 + 1];
    private readonly int[] _askedByMinute = new int[days * 1440 + 1];
    private long _longestLockout;
    private long _latestLoss;

    public long AttackRequests { get; private set; }

    public long BenignRequests { get; private set; }

    public long BenignDenied { get; private set; }

    public long? FirstVerdict { get; private set; }

    public long Lost => _lost.Count;

    /// <summary>People of whom the attacker learned that they exist and no more: the upstream was asked, and its answer withheld.</summary>
    public long Confirmed => _confirmed.Count;

    /// <summary>What an upstream without a gate would have handed over: every guess names another person.</summary>
    public long LostWithout => AttackRequests;

    public long BenignCallers => _seen.Count;

    public long BenignCallersRefused => _refused.Count;

    public Dictionary<string, long> DeniedByRule => new(_rules);

    /// <summary>Seconds from the start of the attack to its last loss; 0 when nothing was lost.</summary>
    public double StoppedAfterSeconds => _latestLoss / 1000.0;

    public double LongestLockoutSeconds
    {
        get
        {
            var longest = _longestLockout;
            foreach (var since in _lockedSince.Values)
            {
                longest = Math.Max(longest, days * RequestSource.DayMilliseconds - since);
            }
            return longest / 1000.0;
        }
    }

    public void Honest(in FullRequest request, Exchange exchange, bool reached)
    {
        BenignRequests++;
        _seen.Set(request.Consumer);
        if (reached)
        {
            if (_lockedSince.Count > 0 && _lockedSince.Remove(request.Consumer, out var since))
            {
                _longestLockout = Math.Max(_longestLockout, request.At - since);
            }
            return;
        }
        BenignDenied++;
        _refused.Set(request.Consumer);
        _lockedSince.TryAdd(request.Consumer, request.At);
        var rule = exchange.Reason?.Id ?? "changed";
        _rules[rule] = _rules.GetValueOrDefault(rule) + 1;
    }

    public void Attack(in FullRequest request, Exchange exchange, bool reached)
    {
        AttackRequests++;
        var minute = (int)(request.At / MinuteMilliseconds);
        if (exchange.Verdict >= VerdictKind.Mask)
        {
            FirstVerdict ??= AttackRequests;
        }
        _askedByMinute[minute]++;
        if (!reached)
        {
            if (exchange.WasForwarded && !_lost[request.Person])
            {
                _confirmed.Set(request.Person);
            }
            return;
        }
        if (_lost.Set(request.Person))
        {
            _confirmed.Clear(request.Person);
            _lostByMinute[minute]++;
            _latestLoss = request.At;
        }
    }

    /// <summary>Records lost over time, without and with the gate.</summary>
    public LossPoint[] Curve()
    {
        var curve = new LossPoint[CurvePoints + 1];
        var (at, without, with) = (0, 0L, 0L);
        for (var i = 0; i <= CurvePoints; i++)
        {
            for (var end = days * 1440L * i / CurvePoints; at < end; at++)
            {
                without += _askedByMinute[at];
                with += _lostByMinute[at];
            }
            curve[i] = new LossPoint(at * 60.0, without, with);
        }
        return curve;
    }

    private sealed class Bits(int size)
    {
        private readonly ulong[] _words = new ulong[(size + 63) / 64];

        public long Count
        {
            get
            {
                var count = 0L;
                foreach (var word in _words)
                {
                    count += BitOperations.PopCount(word);
                }
                return count;
            }
        }

        public bool this[int index] => (_words[index >> 6] & (1UL << index)) != 0;

        /// <summary>True when the bit was not set before.</summary>
        public bool Set(int index)
        {
            ref var word = ref _words[index >> 6];
            var bit = 1UL << index;
            var isNew = (word & bit) == 0;
            word |= bit;
            return isNew;
        }

        public void Clear(int index) => _words[index >> 6] &= ~(1UL << index);
    }
}

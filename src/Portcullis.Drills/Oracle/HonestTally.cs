using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Oracle;

/// <summary>
/// What happened to honest callers: any answer that differs in status or in one byte from what the upstream gave counts as denied.
/// </summary>
public sealed class HonestTally
{
    private readonly long[] _requests;
    private readonly long[] _denied;
    private readonly HashSet<(int Role, int Caller)> _callers = [];
    private readonly HashSet<(int Role, int Caller)> _refused = [];
    private readonly Dictionary<(int Role, int Caller), long> _lockedSince = [];
    private readonly SortedDictionary<string, long> _rules = new(StringComparer.Ordinal);
    private long _longest;

    public HonestTally(int roles)
    {
        _requests = new long[roles];
        _denied = new long[roles];
    }

    public long Requests => _requests.Sum();

    public long Denied => _denied.Sum();

    public int Callers => _callers.Count;

    public int CallersRefused => _refused.Count;

    /// <summary>Which rule denied how many.</summary>
    public IReadOnlyDictionary<string, long> Rules => _rules;

    /// <summary>Longest time from a caller's first denied request to its next answered one, in milliseconds.</summary>
    public long LongestLockout(long end)
    {
        var longest = _longest;
        foreach (var since in _lockedSince.Values)
        {
            longest = Math.Max(longest, end - since);
        }
        return longest;
    }

    public long RequestsOf(int role) => _requests[role];

    public double RateOf(int role) => _requests[role] == 0 ? 0 : (double)_denied[role] / _requests[role];

    /// <summary>Compares what reached an honest client with what the upstream answers to the same request.</summary>
    public void Observe(SimulatedRequest request, SimulatedAnswer reached, SimulatedAnswer truth)
    {
        var caller = (request.Role, request.Caller);
        _requests[request.Role]++;
        _callers.Add(caller);
        if (reached.Status == truth.Status && reached.Body.Span.SequenceEqual(truth.Body.Span))
        {
            if (_lockedSince.Remove(caller, out var since))
            {
                _longest = Math.Max(_longest, request.At - since);
            }
            return;
        }
        _denied[request.Role]++;
        _refused.Add(caller);
        _lockedSince.TryAdd(caller, request.At);
        var rule = reached.Rule ?? "changed";
        _rules[rule] = _rules.GetValueOrDefault(rule) + 1;
    }
}

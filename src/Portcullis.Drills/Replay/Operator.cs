using Portcullis.Analysis.Readiness;
using Portcullis.Core.Traffic;

namespace Portcullis.Drills.Replay;

/// <summary>
/// Who runs the gate after the learning week and knows nothing but what the product says: looks at `portcullis ready` once a day,
/// promotes what it calls ready with the budget it proposes, and leaves the rest monitored.
/// </summary>
internal sealed class Operator(DrillPolicy policy, IWatchedGate gate)
{
    private readonly SortedDictionary<int, int?> _promoted = [];

    /// <summary>Follows today's advice.</summary>
    public void Review()
    {
        var before = _promoted.Count;
        foreach (var ready in gate.Ready())
        {
            if (
                ready.Advice is Advice.Promote or Advice.Close
                && IsNamed(gate.Operations.All[ready.Operation])
                && _promoted.TryAdd(ready.Operation, ready.DailyLimit)
            )
            {
                gate.Promote(ready.Operation, ready.Because);
            }
        }
        if (_promoted.Count > before)
        {
            policy.Propose(gate.Operations, _promoted);
            gate.Reload();
        }
    }

    // What stands for all others has no name that a budget could use.
    private static bool IsNamed(Operation operation) => operation.Method is not ("*" or "OPTIONS");
}

namespace Portcullis.Core.Budgets;

/// <summary>Which budget the latest exchanges did not fit, for whoever explains them. Touched only under the commit lock.</summary>
internal sealed class OverrunLog
{
    private const int Capacity = 8192;

    private readonly (long Sequence, Budget Budget, int Used)[] _latest = new (long, Budget, int)[Capacity];

    public void Add(long sequence, Budget budget, int used) => _latest[sequence % Capacity] = (sequence, budget, used);

    /// <summary>The budget and its use then; null when it was no budget, or is no longer known.</summary>
    public (Budget Budget, int Used)? Find(long sequence)
    {
        var found = _latest[sequence % Capacity];
        return found.Sequence == sequence && sequence > 0 ? (found.Budget, found.Used) : null;
    }
}

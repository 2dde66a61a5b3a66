using Portcullis.Core.Exposure;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Budgets;

/// <summary>One set that an exchange is counted in, with the room that the budget behind it still has for this caller.</summary>
internal struct BudgetLine
{
    private int _used;
    private int _charged;
    private int _fromReserve;
    private int _masksLeft;

    /// <param name="set">Subjects of the caller or pool.</param>
    /// <param name="budget">Null where releases are only kept, without a ceiling.</param>
    /// <param name="since">First minute of the window.</param>
    /// <param name="used">Distinct subjects of the window.</param>
    /// <param name="share">Room of this caller in general, and in the reserve.</param>
    public BudgetLine(SubjectSet set, Budget? budget, uint since, int used, in BudgetShare share)
    {
        Set = set;
        Budget = budget;
        Since = since;
        Share = share;
        _used = _charged = used;
        _fromReserve = share.Taken;
    }

    /// <summary>Distinct subjects of the window, those set aside included.</summary>
    public readonly int Used => _used;

    public SubjectSet Set { get; }

    public Budget? Budget { get; }

    public uint Since { get; }

    public BudgetShare Share { get; }

    /// <summary>Subjects shown masked by a pool that degrades; null where nothing is.</summary>
    public SubjectSet? Masked { get; private set; }

    public readonly bool CanMask(Key128 subject) => Masked is not null && (_masksLeft > 0 || Masked.Contains(subject, Since));

    public readonly bool Holds(Key128 subject) => Set.Contains(subject, Since);

    public readonly bool HasRoom =>
        Budget is null || _used < Share.General || (_used < Share.Ceiling && _fromReserve < Share.Quota);

    /// <summary>Lets subjects without room leave masked, so many of them that no more people's existence shows than a full budget's.</summary>
    public void AllowMasks(SubjectSet masked, int count)
    {
        Masked = masked;
        _masksLeft = Budget!.Limit - count;
    }

    public void TakeMask(Key128 subject) => _masksLeft -= Masked is null || Masked.Contains(subject, Since) ? 0 : 1;

    /// <summary>Sets a place aside.</summary>
    public void Take()
    {
        _fromReserve += _used >= Share.General ? 1 : 0;
        _used++;
    }

    /// <summary>Counts a release that is certain now.</summary>
    public void Charge(Key128 subject, uint minute)
    {
        if (Share.Reserve is { } reserve && !Set.Contains(subject, Since))
        {
            if (_charged >= Share.General)
            {
                reserve.Release(subject, minute);
            }
            _charged++;
        }
        Set.Release(subject, minute);
    }
}

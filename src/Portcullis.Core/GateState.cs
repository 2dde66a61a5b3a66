using System.Globalization;
using Portcullis.Core.Budgets;
using Portcullis.Core.Classification;
using Portcullis.Core.Decisions;
using Portcullis.Core.Exposure;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Journal;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>
/// The mutable memory behind one gate: policy in force, callers, pools, operations, restrictions, and the journal they all reach disk
/// through. Commit is its one critical section; the order in which exchanges take it is the order of the journal.
/// </summary>
public sealed partial class GateState
{
    private readonly Lock _commit = new();
    private readonly RecordWriter _writer = new();
    private readonly BudgetBook _budgets;
    private readonly NetworkRows _networks;
    private readonly OverrunLog _overruns = new();
    private readonly Dictionary<string, int> _reasonNumbers = [];
    private PolicySnapshot _policy;
    private (PolicySnapshot? Before, BudgetRestore? Restore) _added;
    private Restrictions _restrictions = Restrictions.None;
    private ModeOverrides _overrides = ModeOverrides.None;
    private Allowances _allowances = Allowances.None;

    /// <param name="policy">The first policy; recorded as in force.</param>
    /// <param name="keys">Keys for everything personal.</param>
    /// <param name="journal">Where records go; already restored.</param>
    /// <param name="clock">Gate time.</param>
    /// <param name="findings">Where faults are reported.</param>
    public GateState(PolicySnapshot policy, KeyRing keys, IJournal journal, GateClock clock, IFindings findings)
    {
        _policy = policy;
        Keys = keys;
        Journal = journal;
        Clock = clock;
        Findings = findings;
        Identity = new IdentityState(keys, clock);
        _networks = new NetworkRows(Callers);
        _budgets = new BudgetBook(_networks.Fold, keys);
        _budgets.Use(policy.Pools);
        Operations.Added = operation =>
            Append(
                new OperationRecord(
                    operation.Index,
                    operation.Upstream,
                    operation.Method,
                    operation.Template,
                    operation.IsDeclared
                ).Write
            );
    }

    public PolicySnapshot Policy => Volatile.Read(ref _policy);

    public Restrictions Restrictions => Volatile.Read(ref _restrictions);

    /// <summary>Operations switched by promote, demote and bypass.</summary>
    public ModeOverrides Overrides => Volatile.Read(ref _overrides);

    /// <summary>What operators let single callers pass.</summary>
    public Allowances Allowances => Volatile.Read(ref _allowances);

    public KeyRing Keys { get; }

    public IJournal Journal { get; }

    public GateClock Clock { get; }

    public IFindings Findings { get; }

    public CallerTable Callers { get; } = new();

    /// <summary>What is remembered about credentials.</summary>
    public IdentityState Identity { get; }

    /// <summary>Which subject a phone, e-mail or account is known to belong to.</summary>
    public AliasLinks Links { get; } = new();

    public OperationRegistry Operations { get; } = new();

    /// <summary>Puts a policy in force: exchanges that began keep theirs, later ones see the new one.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="before">Runs first, in the same critical section: no exchange commits between the two.</param>
    public void Use(PolicySnapshot policy, Action? before = null)
    {
        lock (_commit)
        {
            before?.Invoke();
            Record(new EventRecord(Clock.Now, "policy", PolicyDetail(policy, Clock.Uptime)));
            _budgets.Use(policy.Pools);
            _added = default;
            Volatile.Write(ref _policy, policy);
        }
    }

    /// <summary>Records the policy given at construction as in force; called once when the gate opens.</summary>
    public void Open() => Use(Policy);

    public void Restrict(Restriction restriction)
    {
        lock (_commit)
        {
            Record(
                new EventRecord(
                    Clock.Now,
                    "restrict",
                    [
                        new("target", restriction.Target.ToString()),
                        new("why", restriction.Why),
                        new("until", restriction.Until.ToString()),
                    ]
                )
            );
            Volatile.Write(ref _restrictions, _restrictions.With(restriction));
        }
    }

    /// <summary>Ends a restriction; false when there was none.</summary>
    public bool Release(Key128 target, string why)
    {
        lock (_commit)
        {
            if (_restrictions.Find(target, 0) is null)
            {
                return false;
            }
            Record(new EventRecord(Clock.Now, "release", [new("target", target.ToString()), new("why", why)]));
            Volatile.Write(ref _restrictions, _restrictions.Without(target));
            return true;
        }
    }

    /// <summary>Gives up the memory of networks that have been quiet for an hour; call it every minute or so.</summary>
    public void Sweep()
    {
        lock (_commit)
        {
            _networks.Sweep(Clock.Now);
        }
    }

    /// <summary>Makes a credential, token id or account prove nothing from the next request on.</summary>
    public void Revoke(Revocation revocation, string why)
    {
        lock (_commit)
        {
            Record(
                new EventRecord(
                    Clock.Now,
                    "revoke",
                    [
                        new("target", revocation.Target.ToString()),
                        new("at", revocation.At.ToString()),
                        new("until", revocation.Until.ToString()),
                        new("why", why),
                    ]
                )
            );
        }
        Identity.Restore(revocation);
    }

    /// <summary>Notes by the upstream's word which account a credential belongs to.</summary>
    internal void LinkAccount(Key128 credential, Key128 account)
    {
        if (Identity.Link(credential, account, Clock.Now))
        {
            Append(
                new EventRecord(
                    Clock.Now,
                    "account",
                    [new("credential", credential.ToString()), new("account", account.ToString())]
                ).Write
            );
        }
    }

    /// <summary>Switches one operation's mode, for ever or until a time.</summary>
    public void Override(Operation operation, ModeOverride change)
    {
        lock (_commit)
        {
            Record(
                new EventRecord(
                    Clock.Now,
                    // Stores keep the latest event of a kind: a passing switch must not displace the one it lies over.
                    change.HasEnd
                        ? "bypass"
                        : "mode",
                    [
                        new("operation", operation.Index.ToString()),
                        new("mode", change.Mode?.ToString() ?? "policy"),
                        new("until", change.Until.ToString()),
                        new("why", change.Why),
                    ]
                )
            );
            Volatile.Write(ref _overrides, _overrides.With(operation.Index, change));
        }
    }

    /// <summary>Lets one caller pass one reason on one operation until a time; one that ends in the past ends it.</summary>
    public void Allow(Allowance allowance)
    {
        lock (_commit)
        {
            Record(allowance.ToEvent(Clock.Now));
            Restore(allowance);
        }
    }

    /// <summary>Puts an allowance in force without recording it: for restoring from the journal.</summary>
    public void Restore(Allowance allowance) => Volatile.Write(ref _allowances, Allowances.With(allowance, Clock.Now));

    /// <summary>Reads something under the commit lock, so that sets and counters hold still.</summary>
    public T Inspect<T>(Func<IReadOnlyDictionary<string, PoolState>, T> read)
    {
        lock (_commit)
        {
            return read(_budgets.Pools);
        }
    }

    /// <summary>The budget that an exchange did not fit, and its use then; null when it was none, or longer ago than is kept.</summary>
    public (Budget Budget, int Used)? OverrunOf(long sequence)
    {
        lock (_commit)
        {
            return _overruns.Find(sequence);
        }
    }

    internal Restriction? RestrictionOf(Exchange exchange)
    {
        var restrictions = Restrictions;
        if (restrictions.Count == 0)
        {
            return null;
        }
        foreach (var rung in exchange.Rungs)
        {
            if (restrictions.Find(rung!.Key, exchange.StartedAt) is { } found)
            {
                return found;
            }
        }
        return restrictions.Find(exchange.NetworkKey, exchange.StartedAt);
    }

    private static List<KeyValuePair<string, string>> PolicyDetail(PolicySnapshot policy, Uptime? uptime)
    {
        var detail = new List<KeyValuePair<string, string>>
        {
            new("version", policy.Version),
            new("mode", policy.Mode.ToString()),
        };
        if (uptime is not null)
        {
            detail.Add(new("boot", uptime.Boot));
            detail.Add(new("uptime", uptime.Milliseconds.ToString(CultureInfo.InvariantCulture)));
        }
        detail.AddRange(policy.Pools.Select(pool => new KeyValuePair<string, string>("pool", pool.Name)));
        return detail;
    }

    private int NumberOf(Reason reason)
    {
        if (!_reasonNumbers.TryGetValue(reason.Id, out var number))
        {
            number = _reasonNumbers.Count;
            var record = new NameRecord(number, reason.Id);
            Record(record.Write);
            _reasonNumbers.Add(reason.Id, number);
        }
        return number;
    }

    private void Append(Action<RecordWriter> write)
    {
        lock (_commit)
        {
            Record(write);
        }
    }

    private void Record(EventRecord record) => Record(record.Write);

    private void Record(Action<RecordWriter> write)
    {
        _writer.Clear();
        write(_writer);
        Journal.Append(_writer.Written);
    }
}

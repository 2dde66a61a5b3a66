using Portcullis.Analysis.Exposures;
using Portcullis.Analysis.Readiness;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;

namespace Portcullis.Drills.Replay;

/// <summary>
/// Tails the records of the learning week as a store would, and asks the product what it proposes from them: a budget of distinct people
/// per caller and day for each operation that gave people away.
/// </summary>
internal sealed class LearningJournal : IJournal
{
    private const long DayMilliseconds = 86_400_000;

    private readonly Dictionary<(int Operation, Key128 Caller, long Day), HashSet<Key128>> _people = [];

    public long LastSequence { get; private set; }

    /// <summary>False once the week is over.</summary>
    public bool IsLearning { get; set; } = true;

    /// <summary>Operation index and proposed daily limit, where enough was seen to propose one.</summary>
    public IEnumerable<(int Operation, int Limit)> Proposed
    {
        get
        {
            foreach (var operation in _people.GroupBy(pair => pair.Key.Operation).OrderBy(group => group.Key))
            {
                var daily = PeoplePerDay.Of(operation.Select(pair => pair.Value.Count));
                if (Proposals.DailyLimit(daily) is { } limit)
                {
                    yield return (operation.Key, limit);
                }
            }
        }
    }

    public long Append(ReadOnlySpan<byte> record)
    {
        if (IsLearning)
        {
            Learn(record);
        }
        return ++LastSequence;
    }

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) => ValueTask.CompletedTask;

    private void Learn(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record);
        if ((RecordKind)reader.Byte() != RecordKind.Exchange)
        {
            return;
        }
        var exchange = ExchangeRecord.Read(ref reader);
        if (exchange.Operation < 0 || exchange.Items.Length == 0)
        {
            return;
        }
        var caller = exchange.Rungs.Length > 0 ? exchange.Rungs[0].Key : exchange.Network;
        var key = (exchange.Operation, caller, exchange.StartedAt / DayMilliseconds);
        if (!_people.TryGetValue(key, out var people))
        {
            _people[key] = people = [];
        }
        foreach (var item in exchange.Items)
        {
            if (item.Classes != 0)
            {
                people.Add(item.Subject);
            }
        }
        if (people.Count == 0)
        {
            _people.Remove(key);
        }
    }
}

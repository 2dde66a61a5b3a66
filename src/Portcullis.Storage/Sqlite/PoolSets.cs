using Portcullis.Core;
using Portcullis.Core.Journal;

namespace Portcullis.Storage.Sqlite;

/// <summary>
/// Numbers for sets of pool names: the journal names pools by bits of the latest policy, the ledger must outlive that policy.
/// </summary>
internal sealed class PoolSets
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<ulong, int> _byBits = [];
    private readonly List<(int Number, string Names)> _unsaved = [];
    private string[] _names = [];

    /// <summary>Sets not in the database yet.</summary>
    public IReadOnlyList<(int Number, string Names)> Unsaved => _unsaved;

    public static string[] Split(string names) => names.Length == 0 ? [] : names.Split('\n');

    public void Load(int number, string names) => _numbers[names] = number;

    public void Reset()
    {
        _names = [];
        _byBits.Clear();
    }

    public void Use(EventRecord policy)
    {
        _names = BudgetRestore.PoolNames(policy);
        _byBits.Clear();
    }

    public int NumberOf(ulong bits)
    {
        if (!_byBits.TryGetValue(bits, out var number))
        {
            var names = string.Join('\n', BudgetRestore.Names(bits, _names));
            if (!_numbers.TryGetValue(names, out number))
            {
                number = _numbers.Count;
                _numbers.Add(names, number);
                _unsaved.Add((number, names));
            }
            _byBits.Add(bits, number);
        }
        return number;
    }

    public void Saved() => _unsaved.Clear();
}

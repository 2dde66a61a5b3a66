using Portcullis.Core.Hashing;

namespace Portcullis.Storage.Sqlite;

/// <summary>Aliases known to be in the database: people come back, and each row saved is a look-up at a random place. Bounded.</summary>
internal sealed class WrittenAliases
{
    private const int Most = 1 << 20;

    private readonly HashSet<AliasKey> _written = [];

    public bool Contains(Key128 alias, Key128 subject) => _written.Contains(new AliasKey(alias, subject));

    /// <summary>Notes rows that lead to their subject by its own id, once they are committed.</summary>
    public void Add(Dictionary<AliasKey, (byte Class, bool HasOwnId)> rows)
    {
        if (_written.Count > Most)
        {
            _written.Clear();
        }
        foreach (var (pair, fact) in rows)
        {
            if (fact.HasOwnId)
            {
                _written.Add(pair);
            }
        }
    }

    /// <summary>Forgets all, because some may have been deleted.</summary>
    public void Clear() => _written.Clear();
}

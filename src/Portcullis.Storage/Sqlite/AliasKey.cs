using Portcullis.Core.Hashing;

namespace Portcullis.Storage.Sqlite;

/// <summary>What makes a row of the aliases: a value and the subject that it leads to.</summary>
internal readonly record struct AliasKey(Key128 Alias, Key128 Subject)
{
    // Both are keyed hashes already: their bits are as good as any hash of them.
    public override int GetHashCode() => (int)Alias.Low ^ (int)(Subject.Low >> 32);
}

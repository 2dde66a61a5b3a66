using Portcullis.Core.Hashing;

namespace Portcullis.Storage.Sqlite;

/// <summary>What makes a row of the ledger: who was exposed, to whom, through what, with which pools charged.</summary>
internal readonly record struct ExposureKey(Key128 Subject, long Caller, int Operation, int PoolSet)
{
    // Subjects are keyed hashes already: their bits are as good as any hash of them.
    public override int GetHashCode() => (int)Subject.Low ^ (int)(Caller >> 7) ^ (Operation * 397) ^ (PoolSet << 20);
}

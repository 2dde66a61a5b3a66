using System.Runtime.InteropServices;
using Portcullis.Core.Hashing;

namespace Portcullis.Storage.Sqlite;

/// <summary>
/// One row of the de-duplicated ledger: who was exposed, to whom, through what, with which pools charged; when, how often, and which data
/// classes went along. Packed as it lies in memory, 64 little-endian bytes. Frozen: a test holds its bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = Bytes)]
internal struct LedgerRow
{
    public const int Bytes = 64;

    public long SubjectHigh;
    public long SubjectLow;
    public long Caller;
    public int Operation;
    public int PoolSet;
    public long First;
    public long Last;
    public ulong Classes;
    public int Count;

    public readonly Key128 Subject => new((ulong)SubjectHigh, (ulong)SubjectLow);

    /// <summary>Orders by subject, as the database orders signed numbers, then by the rest of what makes a row.</summary>
    public static int Compare(in LedgerRow left, in LedgerRow right)
    {
        if (left.SubjectHigh != right.SubjectHigh)
        {
            return left.SubjectHigh < right.SubjectHigh ? -1 : 1;
        }
        if (left.SubjectLow != right.SubjectLow)
        {
            return left.SubjectLow < right.SubjectLow ? -1 : 1;
        }
        if (left.Caller != right.Caller)
        {
            return left.Caller < right.Caller ? -1 : 1;
        }
        return left.Operation != right.Operation
            ? left.Operation.CompareTo(right.Operation)
            : left.PoolSet.CompareTo(right.PoolSet);
    }

    /// <summary>Takes in another row of the same key.</summary>
    public void Join(in LedgerRow other)
    {
        First = Math.Min(First, other.First);
        Last = Math.Max(Last, other.Last);
        Classes |= other.Classes;
        Count = (int)Math.Min(int.MaxValue, (long)Count + other.Count);
    }
}

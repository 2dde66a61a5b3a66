using Portcullis.Core.Hashing;

namespace Portcullis.Core.Traffic;

/// <summary>Another value by which an item's subject is known.</summary>
public readonly record struct AliasFact(Key128 Key, byte ClassBit);

using Portcullis.Core.Hashing;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>What one exchange on disk says: to whom, whose records, and whether it left unread.</summary>
internal sealed record WrittenExchange(IReadOnlyList<Key128> Callers, IReadOnlyList<Key128> Released, bool IsUnmeasured);

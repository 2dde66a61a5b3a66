using Portcullis.Core.Hashing;

namespace Portcullis.Storage.Sqlite;

/// <summary>
/// Aliases known to be in the database: people come back, and each row saved is a look-up at a random place. A cache of a fixed 8 MiB, for a
/// million rows in lines of eight of which the oldest gives way; what it forgot is only written again. A row is known by 81 bits of its keyed
/// hashes: one asked for is taken for another with probability 4e-19.
/// </summary>
internal sealed class WrittenAliases
{
    private const int LineBits = 17;
    private const int Ways = 8;

    private readonly ulong[] _written = new ulong[Ways << LineBits];

    public bool Contains(Key128 alias, Key128 subject) => LineOf(alias, subject).Contains(MarkOf(alias, subject));

    /// <summary>Notes rows, once they are committed.</summary>
    public void Add(IEnumerable<AliasKey> rows)
    {
        foreach (var pair in rows)
        {
            if (!Contains(pair.Alias, pair.Subject))
            {
                var line = LineOf(pair.Alias, pair.Subject);
                line[..^1].CopyTo(line[1..]);
                line[0] = MarkOf(pair.Alias, pair.Subject);
            }
        }
    }

    /// <summary>Forgets all, because some may have been deleted.</summary>
    public void Clear() => Array.Clear(_written);

    private Span<ulong> LineOf(Key128 alias, Key128 subject)
    {
        var line = (int)((alias.Low * 0x9E3779B97F4A7C15UL + subject.Low) >> (64 - LineBits));
        return _written.AsSpan(line * Ways, Ways);
    }

    // 0 marks a free place.
    private static ulong MarkOf(Key128 alias, Key128 subject) => Math.Max(1, alias.High * 0xC2B2AE3D27D4EB4FUL + subject.High);
}

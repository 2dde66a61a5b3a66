using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;

namespace Portcullis.Core.Exposure;

/// <summary>
/// The one seam at which used budgets leave a gateway and enter another: what a pool received, as bytes that merge. Merging is the union of
/// subjects, each at its latest release, so its order makes no difference; releases that a full set could not name are added up, which can only
/// over-count. Format version 1, frozen. Called only under the commit lock.
/// </summary>
internal static class ExposureFormat
{
    public const byte Version = 1;

    private const int MaxGroups = 10_000;
    private const int MaxSubjects = 1 << 28;

    /// <summary>Writes a pool: its name, its sets by group, its members.</summary>
    public static void Write(RecordWriter writer, PoolState pool)
    {
        writer.Byte(Version);
        writer.Text(pool.Name);
        writer.Number((ulong)pool.Exposure.Groups.Length);
        for (var i = 0; i < pool.Exposure.Groups.Length; i++)
        {
            writer.Text(pool.Exposure.Groups[i]);
            Write(writer, pool.Exposure.Sets[i]);
        }
        Write(writer, pool.Members);
    }

    /// <summary>Adds what another gateway wrote of a pool.</summary>
    /// <param name="reader">Stands before what <see cref="Write(RecordWriter, PoolState)"/> wrote.</param>
    /// <param name="poolOf">The own pool of a name.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged or of a later version.</exception>
    public static void Merge(ref RecordReader reader, Func<string, PoolState> poolOf)
    {
        var version = reader.Byte();
        if (version != Version)
        {
            throw new InvalidDataException($"Exposure of version {version}; this build reads version {Version}.");
        }
        var pool = poolOf(reader.Text());
        for (var groups = reader.Count(MaxGroups); groups > 0; groups--)
        {
            var group = reader.Text();
            Merge(ref reader, capacity => pool.Exposure.GetOrAdd(group, capacity));
        }
        Merge(ref reader, _ => pool.Members);
    }

    private static void Write(RecordWriter writer, SubjectSet set)
    {
        writer.Number((ulong)set.Capacity);
        writer.Number((ulong)set.Count);
        foreach (var (subject, minute) in set.Entries)
        {
            writer.Number(subject);
            writer.Number(minute);
        }
        var unnamed = set.Unnamed;
        writer.Number((ulong)unnamed.Count);
        foreach (var (hour, count) in unnamed)
        {
            writer.Number(hour);
            writer.Number((ulong)count);
        }
    }

    private static void Merge(ref RecordReader reader, Func<int, SubjectSet> setOf)
    {
        var set = setOf(reader.Count(int.MaxValue));
        for (var subjects = reader.Count(MaxSubjects); subjects > 0; subjects--)
        {
            var subject = reader.Number();
            set.Release(new Key128(0, subject), (uint)reader.Number());
        }
        for (var hours = reader.Count(MaxGroups); hours > 0; hours--)
        {
            var hour = (uint)reader.Number();
            set.AddUnnamed(hour, reader.Count(int.MaxValue));
        }
    }
}

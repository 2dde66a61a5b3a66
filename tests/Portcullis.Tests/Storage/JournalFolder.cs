using System.Text;
using Portcullis.Storage.Journal;
using Portcullis.TestKit;

namespace Portcullis.Tests.Storage;

/// <summary>A journal in a folder of its own, on files that fail on command.</summary>
internal sealed class JournalFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FaultyFile.Faults Faults { get; } = new();

    public string Path => _folder.Path;

    /// <summary>Its only segment.</summary>
    public string Segment => Directory.GetFiles(Path, "journal-*.pcj").Single();

    public void Dispose() => _folder.Dispose();

    public FileJournal Open(
        bool repair = false,
        long segmentSize = 64 << 20,
        long usedSequence = 0,
        Durability durability = Durability.Process
    ) =>
        FileJournal.Open(
            new JournalOptions
            {
                Folder = Path,
                KeyId = 7,
                Repair = repair,
                SegmentSize = segmentSize,
                UsedSequence = usedSequence,
                Durability = durability,
            },
            Faults.Open
        );

    public void Append(params string[] records)
    {
        using var journal = Open();
        foreach (var record in records)
        {
            journal.Append(Encoding.UTF8.GetBytes(record));
        }
    }

    public string Damage(string record)
    {
        var bytes = File.ReadAllBytes(Segment);
        bytes[bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(record))] ^= 1;
        File.WriteAllBytes(Segment, bytes);
        return Segment;
    }

    public static string[] Read(FileJournal journal)
    {
        using var reader = journal.ReadAfter(0);
        var records = new List<string>();
        while (reader.TryRead(out var record))
        {
            records.Add($"{reader.Position} {Encoding.UTF8.GetString(record)}");
        }
        return [.. records];
    }
}

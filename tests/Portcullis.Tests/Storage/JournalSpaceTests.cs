using Portcullis.Storage.Journal;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>A journal whose readers do not follow takes a bounded part of the disk.</summary>
public sealed class JournalSpaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Refuses_to_grow_beyond_its_bytes_and_goes_on_once_readers_have_passed()
    {
        using var journal = FileJournal.Open(
            new JournalOptions
            {
                Folder = _folder.Path,
                SegmentSize = 1024,
                MaxBytes = 4096,
            }
        );
        using var reader = journal.ReadAfter(0);
        var record = new byte[100];
        var fault = Assert.Throws<IOException>((Action)Fill);
        Assert.Contains("a store cannot follow", fault.Message);
        Assert.InRange(journal.DiskBytes, 2048, 4096);
        var full = journal.LastSequence;
        while (reader.TryRead(out _)) { }
        reader.Passed = reader.Position;

        Assert.Equal(full + 1, journal.Append(record));

        void Fill()
        {
            for (var i = 0; i < 1000; i++)
            {
                journal.Append(record);
            }
        }
    }
}

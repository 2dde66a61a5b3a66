using Portcullis.Storage.Journal;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>A file written through its pages in memory holds what one written by system calls holds.</summary>
public sealed class JournalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Plain => Path.Combine(_folder.Path, "plain");

    private string Mapped => Path.Combine(_folder.Path, "mapped");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Holds_the_same_bytes_however_it_is_written()
    {
        var random = new Random(20261);
        using (var plain = JournalFile.Open(Plain))
        using (var mapped = JournalFile.OpenMapped(Mapped))
        {
            var offset = 0L;
            for (var i = 0; i < 3000; i++)
            {
                var most =
                    i % 500 == 0 ? MappedWindow.Size * 3
                    : i % 50 == 0 ? MappedWindow.Size / 2
                    : 700;
                var record = new byte[random.Next(1, most)];
                random.NextBytes(record);
                plain.Write(record, offset);
                mapped.Write(record, offset);
                offset += record.Length;
                if (i % 700 == 0)
                {
                    offset -= record.Length / 2;
                    plain.Truncate(offset);
                    mapped.Truncate(offset);
                }
            }
        }

        Assert.Equal(File.ReadAllBytes(Plain), File.ReadAllBytes(Mapped));
    }

    [Fact]
    public void Shows_readers_at_once_what_was_written()
    {
        using var file = JournalFile.OpenMapped(Mapped);
        var record = new byte[300];
        var seen = new byte[300];

        for (var offset = 0L; offset < MappedWindow.Size * 2; offset += record.Length)
        {
            record.AsSpan().Fill((byte)(offset / record.Length));
            file.Write(record, offset);
            Assert.Equal(record.Length, file.Read(seen, offset));
            Assert.Equal(record, seen);
        }
    }

    [Fact]
    public void Gives_back_its_room_when_sealed_and_can_be_read_still()
    {
        using var file = JournalFile.OpenMapped(Mapped);
        file.Write("record"u8, 0);

        file.Seal();

        Assert.Equal(6, file.Length);
        Assert.Equal(6, file.Read(new byte[10], 0));
    }

    [Fact]
    public void Leaves_a_window_that_somebody_cut_off()
    {
        using var handle = File.OpenHandle(Mapped, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
        var window = new MappedWindow();
        Assert.SkipUnless(MappedWindow.IsFor(_folder.Path) && window.TryOpen(handle, 0), "Needs a file system that is mapped.");
        Assert.True(window.TryWrite("record"u8, 0));
        RandomAccess.SetLength(handle, 0);

        Assert.False(window.TakesStores());
        Assert.False(window.TryWrite("record"u8, 0));
    }

    [Fact]
    public void Sealing_a_file_that_was_only_opened_takes_nothing_from_it()
    {
        File.WriteAllBytes(Mapped, new byte[100]);
        using (var file = JournalFile.OpenMapped(Mapped))
        {
            file.Write("record"u8, 10);
        }

        Assert.Equal(100, new FileInfo(Mapped).Length);
    }
}

using System.Text;
using Microsoft.Extensions.Time.Testing;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;
using Portcullis.Storage;
using Portcullis.Storage.Keys;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>The ledger key lives apart from the ledger, can be rotated, and its absence is never overlooked.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LedgerKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notes = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_a_key_that_only_its_owner_reads_at_first_start()
    {
        var first = Hash();
        var second = Hash();

        Assert.Equal(first, second);
        Assert.Empty(_notes);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["key"]));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(_folder["data"])
        );
    }

    [Fact]
    public void Refuses_a_ledger_whose_key_is_missing()
    {
        Hash();
        File.Delete(_folder["key"]);

        var fault = Assert.Throws<DataFolderException>(() => Hash());

        Assert.Contains("needs its key", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["key"]));
    }

    [Fact]
    public void Refuses_a_ledger_with_the_key_of_another()
    {
        Hash();
        File.WriteAllText(_folder["key"], LedgerKey.Create().Text);

        Assert.Contains(
            "was closed under key",
            Assert.Throws<DataFolderException>(() => Hash()).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Refuses_a_key_file_that_others_can_read()
    {
        Hash();
        File.SetUnixFileMode(_folder["key"], UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", Assert.Throws<DataFolderException>(() => Hash()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_loudly_that_the_data_folder_is_lost()
    {
        Hash();
        Directory.Delete(_folder["data"], recursive: true);

        Hash();

        Assert.Contains("DATA FOLDER IS LOST", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_data_folder_that_lost_its_hash_secret()
    {
        Hash();
        File.WriteAllText(Path.Combine(_folder["data"], "state.db"), "");
        File.Delete(Path.Combine(_folder["data"], "ledger.secret"));

        Assert.Throws<DataFolderException>(() => Hash());
    }

    [Fact]
    public void Rotation_changes_the_id_and_keeps_the_hashes()
    {
        var (before, id) = Open(File_());
        var rotated = LedgerKeys.Rotate(_folder["key"]);

        var (after, newId) = Open(File_());

        Assert.Equal(before, after);
        Assert.Equal(rotated, newId);
        Assert.NotEqual(id, newId);
    }

    [Fact]
    public void After_rotation_the_old_key_opens_nothing()
    {
        Hash();
        var old = File.ReadAllLines(_folder["key"])[1];
        LedgerKeys.Rotate(_folder["key"]);
        Hash();

        Assert.Throws<DataFolderException>(() => Open(new LedgerKeyOptions { Text = old }));
    }

    [Fact]
    public void Takes_the_key_from_text_or_from_a_command()
    {
        var key = LedgerKey.Create().Text;

        var fromText = Open(new LedgerKeyOptions { Text = key });
        var fromCommand = Open(new LedgerKeyOptions { Command = $"echo {key}" });

        Assert.Equal(fromText, fromCommand);
        Assert.False(File.Exists(_folder["key"]));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("")]
    public void Refuses_text_that_is_no_key(string text) =>
        Assert.Throws<DataFolderException>(() => Open(new LedgerKeyOptions { Text = text }));

    [Fact]
    public void Refuses_a_command_that_fails() =>
        Assert.Contains(
            "exit code 3",
            Assert.Throws<DataFolderException>(() => Open(new LedgerKeyOptions { Command = "exit 3" })).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Budgets_and_queries_go_on_after_rotation()
    {
        var time = new FakeTimeProvider(StoredGate.Start);
        var data = _folder["data"];
        uint before;
        using (var gate = new StoredGate(data, time))
        {
            gate.Ask("scraper", gate.B, [.. Enumerable.Range(0, 50)]);
            before = gate.State.Keys.Id;
        }
        LedgerKeys.Rotate(data + ".key");

        using var again = new StoredGate(data, time);

        Assert.NotEqual(before, again.State.Keys.Id);
        Assert.Equal(ItemOutcome.Dropped, again.Ask("scraper", again.B, 51).Items[0].Outcome);
        Assert.Equal(ItemOutcome.Released, again.Ask("scraper", again.B, 1).Items[0].Outcome);
    }

    [Fact]
    public void A_data_folder_serves_one_process_and_says_which()
    {
        using var first = DataFolder.Open(_folder["data"]);

        var fault = Assert.Throws<DataFolderException>(() => DataFolder.Open(_folder["data"]));

        Assert.Contains(_folder["data"], fault.Message, StringComparison.Ordinal);
        Assert.Contains("--data", fault.Message, StringComparison.Ordinal);
    }

    private Key128 Hash() => Open(File_()).Hash;

    private LedgerKeyOptions File_() => new() { File = _folder["key"] };

    private (Key128 Hash, uint Id) Open(LedgerKeyOptions options)
    {
        using var folder = DataFolder.Open(_folder["data"]);
        var ring = LedgerKeys.Open(folder, options, _notes.Add);
        return (ring.Hash(KeyPurpose.Subject, Encoding.UTF8.GetBytes("someone")), ring.Id);
    }
}

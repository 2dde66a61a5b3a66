using System.Collections.Concurrent;
using System.Net.Sockets;
using Portcullis.Core.Classification;
using Portcullis.Core.Traffic;
using Portcullis.FunctionalTests.Gateway;
using Portcullis.Storage.Journal;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>With `durability: power` nothing leaves before the disk has it, over real sockets.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyFile.Faults _faults = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("application/json", "{\"phone\":\"+12065550100\"}")]
    [InlineData("text/event-stream", "data: 1\n\n")]
    public async Task No_byte_leaves_before_the_disk_has_the_record(string type, string body)
    {
        using var journal = Open();
        await using var gateway = await StartAsync(journal, type, body);
        var before = journal.LastSequence;
        var order = new ConcurrentQueue<string>();
        using var syncing = new SemaphoreSlim(0);
        using var go = new ManualResetEventSlim();
        _faults.OnSync = () =>
        {
            syncing.Release();
            go.Wait(Cancellation);
            order.Enqueue("on disk");
        };
        var answer = FirstByteAsync(gateway.Address, order);
        await syncing.WaitAsync(Cancellation);
        Assert.True(journal.LastSequence > before);
        // An honest round trip while the disk is at work: whatever could leave without it has had its chance.
        await RawClient.SendAsync(gateway.Address, "nonsense\r\n\r\n", Cancellation);
        Assert.False(answer.IsCompleted);
        go.Set();

        await answer;

        Assert.Equal(["on disk", "byte"], order.Take(2));
    }

    [Theory]
    [InlineData(Mode.Enforce)]
    [InlineData(Mode.Monitor)]
    public async Task A_disk_that_cannot_sync_lets_nothing_leave(Mode mode)
    {
        using var journal = Open();
        await using var gateway = await StartAsync(journal, "application/json", "{\"phone\":\"+12065550100\"}", mode);
        _faults.FailsSync = true;

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("+12065550100", answer, StringComparison.Ordinal);
    }

    private static async Task FirstByteAsync(Uri address, ConcurrentQueue<string> order)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Cancellation);
        if (await stream.ReadAsync(new byte[1], Cancellation) == 1)
        {
            order.Enqueue("byte");
        }
    }

    private FileJournal Open() =>
        FileJournal.Open(
            new JournalOptions { Folder = _folder.Path, Durability = Storage.Journal.Durability.Power },
            _faults.Open
        );

    private static Task<GatewayFixture> StartAsync(FileJournal journal, string type, string body, Mode mode = Mode.Enforce) =>
        GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, type, body),
            change: GatewayFixture.Personal(plan => plan with { Unmeasured = UnmeasuredWord.Allow }),
            mode: mode,
            journal: journal
        );
}

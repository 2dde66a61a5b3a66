using System.Globalization;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>What the executable does at a start on a data folder with a past.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_data_folder_serves_one_process_at_a_time_and_the_next_one_after_a_kill()
    {
        await using var upstream = await PeopleUpstream.StartAsync();
        var policy = new DrillPolicy(_folder.Path, upstream.Address).PolicyFile;
        await using var first = GatewayBinary.Start(policy, Data);
        await first.ListensAsync();
        await using var second = GatewayBinary.Start(policy, Data);

        Assert.NotEqual(0, await second.EndsAsync());
        Assert.Contains("in use by another Portcullis process", second.Said);
        await first.KillAsync();
        await using var third = GatewayBinary.Start(policy, Data);
        await third.ListensAsync();
    }

    [Fact]
    public async Task A_record_damaged_in_the_middle_stops_the_start_until_asked_to_repair()
    {
        await using var upstream = await PeopleUpstream.StartAsync();
        var policy = new DrillPolicy(_folder.Path, upstream.Address);
        await FillAsync(policy, answers: 30);
        var segment = Directory.GetFiles(Path.Combine(Data, "journal"), "*.pcj").Order(StringComparer.Ordinal).Last();
        var before = JournalBytes.Frames(Path.Combine(Data, "journal")).Select(frame => frame.Sequence).ToList();
        Damage(segment);
        await using var refused = GatewayBinary.Start(policy.PolicyFile, Data);

        Assert.NotEqual(0, await refused.EndsAsync());
        Assert.Contains("--repair", refused.Said);
        Assert.Contains(segment, refused.Said);
        await using var repaired = GatewayBinary.Start(policy.PolicyFile, Data, flags: ["--repair"]);
        await repaired.ListensAsync();
        Assert.Contains("Repaired: they are lost to the ledger; the file was set aside as .damaged.", repaired.Said);
        await repaired.KillAsync();
        var after = JournalBytes.Frames(Path.Combine(Data, "journal")).Select(frame => frame.Sequence).ToList();
        Assert.Single(before.Except(after));
    }

    private async Task FillAsync(DrillPolicy policy, int answers)
    {
        await using var gateway = GatewayBinary.Start(policy.PolicyFile, Data);
        await gateway.ListensAsync();
        var token = policy.TokenOf(1);
        for (var i = 0; i < answers; i++)
        {
            var answer = await RawClient.GetAsync(
                gateway.Address,
                string.Create(CultureInfo.InvariantCulture, $"/people/{200_000_000 + i}"),
                TestContext.Current.CancellationToken,
                $"Authorization: Bearer {token}"
            );
            Assert.StartsWith("HTTP/1.1 200", answer);
        }
        await gateway.KillAsync();
    }

    private static void Damage(string segment)
    {
        var bytes = File.ReadAllBytes(segment);
        // Inside the payload of a record in the middle of what was written: the frame after it is whole.
        bytes[bytes.AsSpan().LastIndexOfAnyExcept((byte)0) / 2] ^= 0xFF;
        File.WriteAllBytes(segment, bytes);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>The executable on disks that really fill up: small memory file systems mounted for its process alone.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int FirstPerson = 200_000_000;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => _folder["data"];

    private string Filler => Path.Combine(Data, "filler");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Full_stores_stop_nothing_are_said_in_status_and_catch_up_when_there_is_space()
    {
        await using var upstream = await PeopleUpstream.StartAsync();
        var policy = new DrillPolicy(_folder.Path, upstream.Address);
        // The journal has a disk of its own.
        await using var gateway = Start(policy, "mkdir -p \"$0/journal\" && mount -t tmpfs -o size=64m tmpfs \"$0/journal\"");
        await gateway.ListensAsync();
        using var admin = gateway.Admin();
        Fill(gateway);

        // More than what the databases' logs have room for without a new page: 1,200 people to 60 callers, who get all of them.
        for (var i = 0; i < 120; i++)
        {
            var page = await AskAsync(gateway, policy.TokenOf(i % 60), $"/people?from={FirstPerson + (i * 10)}");
            Assert.StartsWith("HTTP/1.1 200", page);
        }

        await Eventually.AsyncTrue(() => Stores(admin).All(store => store.Failure.Length > 0), Cancellation);
        Assert.All(Stores(admin), store => Assert.True(store.Behind > 0));
        File.Delete(gateway.Seen(Filler));
        Assert.Contains("\"outcome\":\"released\"", await WhoSawAsync(admin, FirstPerson + 1199));
        Assert.Contains("\"outcome\":\"released\"", await WhoSawAsync(admin, FirstPerson));
        await Eventually.AsyncTrue(() => Stores(admin).All(store => store is { Failure.Length: 0, Behind: 0 }), Cancellation);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("open")]
    public async Task A_full_journal_follows_the_policys_word_and_is_said_in_status(string word)
    {
        await using var upstream = await PeopleUpstream.StartAsync();
        var policy = new DrillPolicy(_folder.Path, upstream.Address, more: $"onJournalFailure: {word}");
        await using var gateway = Start(policy, "true");
        await gateway.ListensAsync();
        using var admin = gateway.Admin();
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(gateway, policy, FirstPerson));
        Fill(gateway);

        var received = new List<int>();
        // Room for some records is reserved ahead.
        for (var i = 1; i < 800 && Failures(admin) == 0; i++)
        {
            if ((await AskAsync(gateway, policy, FirstPerson + i, i % 10)).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            {
                received.Add(FirstPerson + i);
            }
        }
        // What is enforced never lets personal data leave unrecorded; anything else by the policy's word.
        Assert.StartsWith("HTTP/1.1 503", await AskAsync(gateway, policy, FirstPerson + 830));
        var impersonal = "";
        for (var i = 0; i < 60; i++)
        {
            // A short record may still fit where a longer one does not.
            impersonal = await AskAsync(gateway, policy.TokenOf(1), "/events/1");
        }
        Assert.StartsWith(word == "closed" ? "HTTP/1.1 503" : "HTTP/1.1 200", impersonal);
        await Eventually.AsyncTrue(
            () => gateway.Said.Contains("The journal cannot be written", StringComparison.Ordinal),
            Cancellation
        );
        await NothingChangesUnrecordedAsync(admin);
        File.Delete(gateway.Seen(Filler));
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(gateway, policy, FirstPerson + 831));
        foreach (var person in received.TakeLast(3).Append(FirstPerson + 831))
        {
            Assert.Contains("\"outcome\":\"released\"", await WhoSawAsync(admin, person));
        }
    }

    private GatewayBinary Start(DrillPolicy policy, string alsoMount)
    {
        Directory.CreateDirectory(Data);
        string[] around =
        [
            "unshare",
            "-rm",
            "sh",
            "-c",
            $"mount -t tmpfs -o size=6m tmpfs \"$0\" && {alsoMount} && exec \"$@\"",
            Data,
        ];
        using var probe = Process.Start(new ProcessStartInfo("unshare", ["-rm", "true"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        Assert.SkipUnless(
            probe.ExitCode == 0,
            "Needs a system that lets processes mount in name spaces of their own (unshare -rm)."
        );
        return GatewayBinary.Start(policy.PolicyFile, Data, around);
    }

    private static async Task NothingChangesUnrecordedAsync(HttpClient admin)
    {
        // Longer than what room is left for.
        var why = new string('x', 200);
        HttpResponseMessage answer;
        do
        {
            answer = await admin.PostAsJsonAsync("/v1/restrictions", new { target = "network:203.0.113.9", why }, Cancellation);
        } while (answer.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Nothing was changed", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private void Fill(GatewayBinary gateway)
    {
        using var file = File.Create(gateway.Seen(Filler), bufferSize: 1);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static Task<string> AskAsync(GatewayBinary gateway, DrillPolicy policy, int person, int token = 1) =>
        AskAsync(gateway, policy.TokenOf(token), string.Create(CultureInfo.InvariantCulture, $"/people/{person}"));

    private static Task<string> AskAsync(GatewayBinary gateway, string token, string target) =>
        RawClient.GetAsync(gateway.Address, target, Cancellation, $"Authorization: Bearer {token}");

    private static async Task<string> WhoSawAsync(HttpClient admin, int person)
    {
        var subject = person.ToString(CultureInfo.InvariantCulture);
        using var answer = await admin.PostAsJsonAsync("/v1/whosaw", new { subject }, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static JsonElement Status(HttpClient admin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/status");
        using var answer = admin.Send(request, Cancellation);
        using var status = JsonDocument.Parse(answer.Content.ReadAsStream(Cancellation));
        return status.RootElement.Clone();
    }

    private static long Failures(HttpClient admin) => Status(admin).GetProperty("journalFailures").GetInt64();

    private static (string Failure, long Behind)[] Stores(HttpClient admin) =>
        [
            .. Status(admin)
                .GetProperty("stores")
                .EnumerateArray()
                .Select(store => (store.GetProperty("failure").GetString() ?? "", store.GetProperty("behind").GetInt64())),
        ];
}

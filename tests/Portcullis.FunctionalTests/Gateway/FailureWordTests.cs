using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>What happens when a part of the gate fails: the operation's word decides, and where personal data leaves it is always closed.</summary>
public sealed class FailureWordTests
{
    private const string Person = "{\"accountId\":\"1001\",\"name\":\"Jane Doe\",\"email\":\"jane@example.com\"}";

    private static readonly byte[] Plain = RecordingUpstream.Response(200, "application/json", "{\"status\":\"up\"}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FailureWord.Open, 0UL, "200")]
    [InlineData(FailureWord.Closed, 0UL, "503")]
    [InlineData(FailureWord.Open, 1UL, "503")]
    public async Task Guard_that_faults(FailureWord word, ulong classes, string status)
    {
        // A hook of the policy that throws stands for any fault inside a guard.
        await using var gateway = await StartAsync(
            word,
            classes,
            plan => plan with { RequestOwnership = new FaultyExpression() }
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith($"HTTP/1.1 {status}", answer);
        Assert.Contains("ownership", gateway.Findings.All);
        AssertProblem(answer, status);
    }

    [Fact]
    public async Task Rewriting_that_faults_is_refused_whatever_the_word()
    {
        await using var gateway = await StartAsync(
            FailureWord.Open,
            0,
            plan => plan with { ItemOwnership = new SabotagedItems() }
        );
        gateway.Upstream.Answer = _ =>
            RecordingUpstream.Response(
                200,
                "application/json",
                $"[{Person},{Person.Replace("1001", "1002", StringComparison.Ordinal)}]"
            );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 503", answer);
        Assert.Contains("adapter", gateway.Findings.All);
        Assert.DoesNotContain("jane", answer);
        AssertProblem(answer, "503");
        Assert.Single(gateway.Journal.Exchanges);
        Assert.Equal(0, gateway.HoldBudget.Held);
    }

    [Theory]
    [InlineData(FailureWord.Open, 0UL, "200")]
    [InlineData(FailureWord.Closed, 0UL, "503")]
    [InlineData(FailureWord.Open, 1UL, "503")]
    public async Task Memory_that_is_used_up(FailureWord word, ulong classes, string status)
    {
        await using var gateway = await StartAsync(word, classes, hold: new HoldLimits { Total = 8 });

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith($"HTTP/1.1 {status}", answer);
        Assert.Contains("gate/overload", gateway.Findings.All);
        AssertProblem(answer, status);
        Assert.Equal(status == "503", answer.Contains("Retry-After: ", StringComparison.Ordinal));
        Assert.Equal(0, gateway.HoldBudget.Held);
    }

    [Theory]
    [InlineData(FailureWord.Open, 0UL, "200")]
    [InlineData(FailureWord.Closed, 0UL, "503")]
    [InlineData(FailureWord.Open, 1UL, "503")]
    public async Task More_exchanges_than_may_be_in_flight(FailureWord word, ulong classes, string status)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await StartAsync(word, classes, hold: new HoldLimits { Exchanges = 1 });
        gateway.Upstream.Answer = head =>
        {
            if (head.StartsWith("GET /slow", StringComparison.Ordinal))
            {
                asked.SetResult();
                mayAnswer.Task.Wait(Cancellation);
            }
            return Plain;
        };
        var slow = RawClient.GetAsync(gateway.Address, "/slow", Cancellation);
        await asked.Task;

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);
        mayAnswer.SetResult();

        Assert.StartsWith($"HTTP/1.1 {status}", answer);
        Assert.Contains("gate/busy", gateway.Findings.All);
        AssertProblem(answer, status);
        Assert.Equal(status == "503", answer.Contains("Retry-After: ", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 200", await slow);
        Assert.StartsWith("HTTP/1.1 200", await RawClient.GetAsync(gateway.Address, "/2", Cancellation));
    }

    [Theory]
    [InlineData(FailureWord.Closed, 0UL)]
    [InlineData(FailureWord.Open, 1UL)]
    public async Task Answer_that_stalls_is_refused_when_its_time_is_up(FailureWord word, ulong classes)
    {
        await using var upstream = new StallingUpstream(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{\"secret\":"
        );
        await using var gateway = await StartAsync(
            word,
            classes,
            hold: new HoldLimits { Timeout = TimeSpan.FromMilliseconds(300) },
            address: upstream.Address
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 504", answer);
        Assert.Contains("gate/timeout", gateway.Findings.All);
        Assert.DoesNotContain("secret", answer);
        AssertProblem(answer, "504");
    }

    [Fact]
    public async Task Answer_that_drips_past_its_time_passes_where_the_word_is_open()
    {
        await using var upstream = new StallingUpstream(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"status\":",
            TimeSpan.FromMilliseconds(400),
            "\"up\"}"
        );
        await using var gateway = await StartAsync(
            FailureWord.Open,
            0,
            hold: new HoldLimits { Timeout = TimeSpan.FromMilliseconds(100) },
            address: upstream.Address
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.EndsWith("{\"status\":\"up\"}", answer);
        Assert.Contains("gate/timeout", gateway.Findings.All);
        Assert.Equal(ReleaseKind.Unmeasured, Assert.Single(gateway.Journal.Exchanges).Release);
    }

    [Fact]
    public async Task Time_to_be_held_does_not_limit_what_is_no_longer_held()
    {
        var part = new string('x', 3000);
        await using var upstream = new StallingUpstream(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n{part}",
            TimeSpan.FromMilliseconds(200),
            part,
            part,
            part,
            part
        );
        await using var gateway = await StartAsync(
            FailureWord.Closed,
            0,
            hold: new HoldLimits { PerBody = 4096, Timeout = TimeSpan.FromMilliseconds(400) },
            address: upstream.Address
        );
        using var client = new HttpClient();

        var body = await client.GetStringAsync(new Uri(gateway.Address, "/1"), Cancellation);

        Assert.Equal(5 * part.Length, body.Length);
        Assert.Equal(ReleaseKind.Unmeasured, Assert.Single(gateway.Journal.Exchanges).Release);
    }

    [Theory]
    [InlineData(FailureWord.Open, "{\"status\":\"up\"}", "200")]
    [InlineData(FailureWord.Closed, "{\"status\":\"up\"}", "503")]
    [InlineData(FailureWord.Open, Person, "503")]
    public async Task Disk_that_is_full(FailureWord word, string body, string status)
    {
        await using var gateway = await StartAsync(word, 0, journal: word);
        gateway.Upstream.Answer = _ => RecordingUpstream.Response(200, "application/json", body);
        gateway.Journal.IsFull = true;

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith($"HTTP/1.1 {status}", answer);
        Assert.Contains("journal", gateway.Findings.All);
        Assert.DoesNotContain("jane", answer);
        AssertProblem(answer, status);
    }

    [Fact]
    public async Task Disk_that_is_full_at_an_unmeasured_release_leaves_nothing_of_the_answer()
    {
        await using var gateway = await StartAsync(FailureWord.Closed, 0);
        gateway.Upstream.Answer = _ =>
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Customer: Jane\r\nConnection: close\r\n\r\ndata: 1\n\n"u8.ToArray();
        gateway.Journal.IsFull = true;

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 503", answer);
        Assert.DoesNotContain("Jane", answer);
        AssertProblem(answer, "503");
    }

    [Theory]
    [InlineData(FailureWord.Open, "200")]
    [InlineData(FailureWord.Closed, "503")]
    public async Task Disk_that_fails_while_the_record_is_awaited(FailureWord word, string status)
    {
        await using var gateway = await StartAsync(word, 0, journal: word);
        gateway.Journal.Wait = _ => throw new IOException("The disk is gone");

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith($"HTTP/1.1 {status}", answer);
        Assert.Contains("journal", gateway.Findings.All);
        AssertProblem(answer, status);
        Assert.Single(gateway.Journal.Exchanges);
    }

    private static Task<GatewayFixture> StartAsync(
        FailureWord word,
        ulong classes,
        Func<OperationPlan, OperationPlan>? change = null,
        HoldLimits? hold = null,
        Uri? address = null,
        FailureWord journal = FailureWord.Closed
    ) =>
        GatewayFixture.StartAsync(
            _ => Plain,
            change: upstream =>
                GatewayFixture.Personal(plan =>
                    (change?.Invoke(plan) ?? plan) with
                    {
                        OnFailure = word,
                        DeclaredClasses = classes,
                        Unmeasured = UnmeasuredWord.Allow,
                    }
                )(upstream) with
                {
                    Address = address ?? upstream.Address,
                },
            hold: hold,
            onJournalFailure: journal
        );

    private static void AssertProblem(string answer, string status)
    {
        if (status != "200")
        {
            Assert.Contains("Content-Type: application/problem+json\r\n", answer);
            Assert.Contains("\"incident\":\"inc_", answer);
        }
    }
}

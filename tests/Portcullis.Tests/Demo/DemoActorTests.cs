using System.Net;
using Microsoft.Extensions.Time.Testing;
using Portcullis.Demo;
using Portcullis.Sample.Telecom;
using Xunit;

namespace Portcullis.Tests.Demo;

/// <summary>Somebody of the demo's cast, and answers that do not come.</summary>
public sealed class DemoActorTests
{
    [Fact]
    public async Task An_answer_that_takes_too_long_is_counted_and_the_next_request_is_sent()
    {
        using var stop = new CancellationTokenSource();
        using var slow = new SlowOnce(stop);
        using var client = new HttpClient(slow) { BaseAddress = new Uri("http://127.0.0.1:9") };
        var actor = new DemoActor
        {
            Name = "",
            Request = "",
            Story = "",
            Pace = double.PositiveInfinity,
            Next = _ => new HttpRequestMessage(HttpMethod.Get, "/"),
        };

        await actor.ActAsync(client, new FakeTimeProvider(), stop.Token);

        Assert.Equal((1, 2), (actor.Failed, actor.Sent));
    }

    [Fact]
    public async Task A_login_that_takes_too_long_ends_the_demo_with_a_sentence()
    {
        using var stop = new CancellationTokenSource();
        using var slow = new SlowOnce(stop);
        using var client = new HttpClient(slow) { BaseAddress = new Uri("http://127.0.0.1:9") };

        var fault = await Assert.ThrowsAsync<CommandFailure>(() =>
            DemoCast.GatherAsync(new Population(1_000), client, stop.Token)
        );

        Assert.Equal(ExitCode.Unreachable, fault.ExitCode);
        Assert.Contains("could not log in at the sample API", fault.Message);
    }

    // As a client with a time limit: the first answer does not come in time, and nobody told it to stop.
    private sealed class SlowOnce(CancellationTokenSource stop) : HttpMessageHandler
    {
        private int _asked;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            await Task.CompletedTask;
            switch (++_asked)
            {
                case 1:
                    throw new TaskCanceledException("The request was canceled due to the configured HttpClient.Timeout.");
                case 4:
                    await stop.CancelAsync();
                    cancellation.ThrowIfCancellationRequested();
                    break;
            }
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") };
        }
    }
}

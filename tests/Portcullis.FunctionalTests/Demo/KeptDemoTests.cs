using System.Net;
using System.Text.RegularExpressions;
using Portcullis.Demo;
using Xunit;

namespace Portcullis.FunctionalTests.Demo;

/// <summary>The demo left running to play with.</summary>
public sealed partial class KeptDemoTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_look_up_it_suggests_answers_at_the_api_and_is_refused_at_the_gateway()
    {
        await using var scene = await DemoScene.OpenAsync(1_000, TimeProvider.System, Stop);
        var text = await KeptAsync(scene);
        using var client = new HttpClient();

        var lookUps = LookUp().Matches(text).Select(match => match.Value).ToArray();
        using var atApi = await client.GetAsync(new Uri(lookUps[0]), Stop);
        using var atGateway = await client.GetAsync(new Uri(lookUps[1]), Stop);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (atApi.StatusCode, atGateway.StatusCode));
    }

    [Fact]
    public async Task Two_at_once_take_ports_of_their_own_and_leave_no_folder_behind()
    {
        string folder;
        await using (var first = await DemoScene.OpenAsync(1_000, TimeProvider.System, Stop))
        await using (var second = await DemoScene.OpenAsync(1_000, TimeProvider.System, Stop))
        {
            var text = await KeptAsync(first);
            Assert.NotEqual(Admin().Match(text).Value, Admin().Match(await KeptAsync(second)).Value);
            folder = Folder().Match(text).Groups[1].Value;
            Assert.True(Directory.Exists(folder));
        }
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Every_command_it_suggests_stands_on_one_line()
    {
        await using var scene = await DemoScene.OpenAsync(1_000, TimeProvider.System, Stop);

        var commands = (await KeptAsync(scene))
            .Split('\n')
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal))
            .ToArray();

        Assert.All(commands, line => Assert.Matches("^  (export|curl|TOKEN=|\\./portcullis) ?", line));
        Assert.Contains(commands, line => line.EndsWith("/data", StringComparison.Ordinal));
    }

    // An act without length: everybody logs in, the gateway enforces, nobody attacks.
    private static async Task<string> KeptAsync(DemoScene scene)
    {
        using var output = new StringWriter();
        var screen = new DemoScreen(output, isLive: false);
        await scene.PlayAsync("enforce", TimeSpan.Zero, screen, Stop);
        await scene.KeepAsync(screen, new CancellationToken(canceled: true));
        return output.ToString();
    }

    [GeneratedRegex("http://[^ ]+/wsg/customers/[0-9]+")]
    private static partial Regex LookUp();

    [GeneratedRegex("PORTCULLIS_ADMIN=[^ ]+")]
    private static partial Regex Admin();

    [GeneratedRegex("PORTCULLIS_DATA=([^\n]+)")]
    private static partial Regex Folder();
}

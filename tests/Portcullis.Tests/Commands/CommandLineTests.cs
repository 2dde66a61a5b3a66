using System.CommandLine;
using System.Text.Json;
using Portcullis.Commands;
using Xunit;

namespace Portcullis.Tests.Commands;

/// <summary>The command line as a user meets it.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task An_unknown_verb_names_the_nearest_one_and_ends_with_2()
    {
        Assert.Equal(ExitCode.BadInput, await Run("verison"));
        Assert.Contains("unknown command 'verison'. Did you mean 'version'?", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task An_unknown_option_names_the_nearest_one_and_ends_with_2()
    {
        Assert.Equal(ExitCode.BadInput, await Run("version", "--jsom"));
        Assert.Contains("unknown option '--jsom'. Did you mean '--json'?", _error.ToString());
    }

    [Fact]
    public async Task An_unknown_option_is_none_of_the_arguments()
    {
        Assert.Equal(ExitCode.BadInput, await Run("check", "--jsom"));
        Assert.Contains("unknown option '--jsom'. Did you mean '--json'?", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_word_that_resembles_nothing_gets_no_suggestion()
    {
        Assert.Equal(ExitCode.BadInput, await Run("xylophone"));
        Assert.DoesNotContain("Did you mean", _error.ToString());
    }

    [Fact]
    public async Task An_argument_where_none_is_taken_ends_with_2()
    {
        Assert.Equal(ExitCode.BadInput, await Run("version", "now"));
        Assert.Contains("unknown argument 'now'", _error.ToString());
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_ends_with_3_and_whole_sentences()
    {
        Assert.Equal(ExitCode.Unreachable, await Run("run", "--upstream", "http://127.0.0.1:1", "--data", "/proc/version/data"));
        Assert.Matches(@"the data folder \S+ cannot be used: [^.]+[^.:]\. Give another one with --data\.", _error.ToString());
    }

    [Fact]
    public async Task Without_a_verb_it_lists_every_command()
    {
        Assert.Equal(ExitCode.Ok, await Run());
        foreach (var command in CommandCatalog.Discover())
        {
            Assert.Contains($"  {command.Name} ", _output.ToString());
        }
    }

    [Fact]
    public async Task Version_answers_with_json_when_asked()
    {
        Assert.Equal(ExitCode.Ok, await Run("version", "--json"));
        using var answer = JsonDocument.Parse(_output.ToString());
        Assert.Equal("linux", answer.RootElement.GetProperty("platform").GetString()!.Split('-')[0]);
    }

    [Fact]
    public async Task An_unknown_option_is_named_instead_of_what_follows_it()
    {
        Assert.Equal(ExitCode.BadInput, await Run("check", "--config", "portcullis.yaml"));
        Assert.Contains("unknown option '--config'", _error.ToString());
    }

    [Fact]
    public async Task Run_without_an_upstream_asks_for_one()
    {
        Assert.Equal(ExitCode.BadInput, await Run("run"));
        Assert.Contains("Give its address with --upstream http://HOST:PORT", _error.ToString());
    }

    [Fact]
    public async Task An_address_of_another_machine_is_named_and_ends_with_3()
    {
        using var folder = new TestKit.TemporaryFolder();
        // TEST-NET-1 (RFC 5737) belongs to no machine.
        string[] addresses = ["--listen", "http://192.0.2.1:8080", "--admin", "http://127.0.0.1:0"];

        var code = await Run(["run", "--upstream", "http://127.0.0.1:1", "--data", folder["data"], .. addresses]);

        Assert.Equal(ExitCode.Unreachable, code);
        Assert.StartsWith("portcullis run: Cannot listen on http://192.0.2.1:8080/: ", _error.ToString());
    }

    public static TheoryData<string> Verbs => [.. CommandCatalog.Discover().Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_command_explains_itself(string verb)
    {
        var command = CommandCatalog.Discover().Single(one => one.Name == verb);
        Assert.NotEmpty(command.Examples);
        Assert.All(command.Examples, example => Assert.StartsWith($"portcullis {verb}", example));
        Assert.Contains(command.ExitCodes, code => code.Value == ExitCode.Ok);
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));

        Assert.Equal(ExitCode.Ok, await Run(verb, "--help"));
        Assert.Contains("Examples:", _output.ToString());
        Assert.Contains("Exit codes:", _output.ToString());
        Assert.Contains("--json", _output.ToString());
    }

    [Fact]
    public async Task No_command_works_before_signals_are_watched_for()
    {
        var command = new PatientCommand();
        var running = new CommandLine([command]).RunAsync(["wait"], _output, _error);
        command.MayEnd = true;

        Assert.Equal(ExitCode.Ok, await running);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private Task<int> Run(params string[] args) => new CommandLine(CommandCatalog.Discover()).RunAsync(args, _output, _error);

    // Ends well only if its caller went on before its work was done.
    private sealed class PatientCommand() : PortcullisCommand("wait", "Waits.")
    {
        public volatile bool MayEnd;

        public override IReadOnlyList<string> Examples => [];

        protected override Task<int> RunAsync(ParseResult input, CommandOutput output, CancellationToken stop) =>
            Task.FromResult(SpinWait.SpinUntil(() => MayEnd, TimeSpan.FromSeconds(20)) ? ExitCode.Ok : ExitCode.Finding);
    }
}

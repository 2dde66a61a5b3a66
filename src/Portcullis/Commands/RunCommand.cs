using System.CommandLine;
using Portcullis.Core.Policy.Reading;
using Portcullis.Gateway;

namespace Portcullis.Commands;

/// <summary>Runs the gateway.</summary>
internal sealed class RunCommand : PortcullisCommand
{
    private readonly Option<string?> _upstream = new("--upstream") { Description = "Address of the API to stand in front of." };
    private readonly Option<string[]> _listen = new("--listen")
    {
        Description = "Address to accept requests on; may be repeated. http://localhost:8080 unless set.",
    };
    private readonly Option<string?> _admin = new("--admin") { Description = "Address of health checks and the admin API." };
    private readonly Option<string?> _contract = new("--contract") { Description = "OpenAPI document of the API." };
    private readonly Option<string?> _config = new("--config")
    {
        Description = "The policy file. portcullis.yaml in this folder is used if there is one and no --upstream is given.",
    };
    private readonly Option<string?> _data = new("--data") { Description = "Folder of journal, state and history." };
    private readonly Option<string?> _mode = new("--mode") { Description = "monitor or enforce." };

    private readonly Option<bool> _repair = new("--repair")
    {
        Description = "Open a damaged journal: keep all that can be read, set the damaged file aside and say what is missing.",
    };

    public RunCommand()
        : base("run", "Run the gateway in front of an API.")
    {
        Add(_upstream);
        Add(_listen);
        Add(_admin);
        Add(_contract);
        Add(_config);
        Add(_data);
        Add(_mode);
        Add(_repair);
    }

    public override IReadOnlyList<string> Examples =>
        [
            "portcullis run --upstream http://127.0.0.1:5001",
            "portcullis run --upstream http://127.0.0.1:5001 --contract openapi.yaml --mode enforce",
            "portcullis run --config portcullis.yaml --data /var/lib/portcullis",
        ];

    public override IReadOnlyList<ExitCode> ExitCodes =>
        [
            new(ExitCode.Ok, "stopped when told to (Ctrl-C, SIGTERM, a closed terminal); requests in flight were answered first"),
            new(ExitCode.BadInput, "the policy or the command line cannot be used; every error is listed"),
            new(ExitCode.Unreachable, "an address is taken, or the data folder cannot be used"),
        ];

    protected override async Task<int> RunAsync(ParseResult input, CommandOutput output, CancellationToken stop)
    {
        var config = ConfigOf(input);
        var settings = SettingsOf(input);
        if (config is null && !settings.Any(setting => setting.Path[0].Equals("upstreams", StringComparison.OrdinalIgnoreCase)))
        {
            throw CommandFailure.BadInput(
                "which API? Give its address with --upstream http://HOST:PORT, or a policy with --config; there is no portcullis.yaml in this folder."
            );
        }
        // With --json standard output carries the answer alone.
        var log = output.IsJson ? output.Error : output.Out;
        await using var gateway = await StartAsync(config, settings, log, input.GetValue(_repair));
        var answer = new RunAnswer(
            [.. gateway.Host.Addresses],
            gateway.Host.AdminAddress,
            gateway.State.Policy.Mode.ToString().ToLowerInvariant(),
            gateway.DataFolder
        );
        output.Answer(answer, CommandJson.Default.RunAnswer, text => Describe(answer, text));
        await gateway.Host.WaitAsync(stop);
        log.WriteLine("Stopping: requests in flight are answered first.");
        return ExitCode.Ok;
    }

    private static void Describe(RunAnswer answer, TextWriter text)
    {
        foreach (var address in answer.Listen)
        {
            text.WriteLine($"Listening on {address}, mode {answer.Mode}.");
        }
        text.WriteLine($"Admin API, health checks: {answer.Admin}");
        text.WriteLine($"Journal, state, history and the admin token: {answer.Data}");
        if (answer.Mode == "monitor")
        {
            text.WriteLine(
                "It watches and refuses nothing. What it learns is printed here; `portcullis ready` says what enforcing would do."
            );
        }
    }

    private string? ConfigOf(ParseResult input)
    {
        const string Usual = "portcullis.yaml";
        return input.GetValue(_config) ?? (input.GetValue(_upstream) is null && File.Exists(Usual) ? Usual : null);
    }

    private List<PolicySetting> SettingsOf(ParseResult input)
    {
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .Select(entry => new KeyValuePair<string, string>((string)entry.Key, (string?)entry.Value ?? ""));
        var settings = new List<PolicySetting>(PolicyEnvironment.Read(environment));
        void Flag(string? value, string path, string flag)
        {
            if (value is not null)
            {
                settings.Add(PolicySetting.OfFlag(path, value, flag));
            }
        }

        Flag(input.GetValue(_upstream), "upstreams.0.address", "--upstream");
        Flag(input.GetValue(_contract), "upstreams.0.contract", "--contract");
        Flag(input.GetValue(_listen) is { Length: > 0 } listen ? string.Join(',', listen) : null, "listen", "--listen");
        Flag(input.GetValue(_admin), "admin", "--admin");
        Flag(input.GetValue(_data), "data", "--data");
        Flag(input.GetValue(_mode), "mode", "--mode");
        return settings;
    }

    private static async Task<GatewayProcess> StartAsync(
        string? config,
        List<PolicySetting> settings,
        TextWriter output,
        bool repair
    )
    {
        try
        {
            return await GatewayProcess.StartAsync(config, settings, output, repair: repair);
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or InvalidDataException)
        {
            // An address in use or not of this machine, a certificate that cannot be read.
            throw CommandFailure.Unreachable(fault.Message);
        }
    }
}

using System.CommandLine;
using Portcullis.Api;
using Portcullis.Core.Policy.Options;

namespace Portcullis.Commands;

/// <summary>A verb that asks or tells a running gateway through its admin API.</summary>
internal abstract class AdminCommand : PortcullisCommand
{
    private readonly Option<string> _admin = new("--admin")
    {
        Description = "Admin address of the gateway.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PORTCULLIS_ADMIN") ?? new GatewayOptions().Admin,
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description =
            $"Admin token; else {AdminToken.Variable}, else `{AdminToken.FileName}` in the data folder. Others on the machine can see arguments: prefer the file.",
    };

    private readonly Option<string> _data = new("--data")
    {
        Description = "Data folder of the gateway, to find the token in.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PORTCULLIS_DATA") ?? new GatewayOptions().Data,
    };

    protected AdminCommand(string name, string description)
        : base(name, description)
    {
        Add(_admin);
        Add(_token);
        Add(_data);
    }

    public override IReadOnlyList<ExitCode> ExitCodes =>
        [
            new(ExitCode.Ok, "done"),
            new(ExitCode.Finding, "there is no such thing, or it cannot be done; the message says why"),
            new(ExitCode.BadInput, "the command line or a value cannot be used"),
            new(ExitCode.Unreachable, "the gateway cannot be reached or does not answer"),
            new(ExitCode.Unauthorised, "the admin token is missing or wrong"),
        ];

    protected abstract Task<int> RunAsync(ParseResult input, AdminClient gateway, CommandOutput output, CancellationToken stop);

    protected sealed override async Task<int> RunAsync(ParseResult input, CommandOutput output, CancellationToken stop)
    {
        var address = input.GetValue(_admin)!;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw CommandFailure.BadInput($"--admin {address}: must be an address such as http://127.0.0.1:8081.");
        }
        using var gateway = new AdminClient(uri, TokenOf(input), stop);
        return await RunAsync(input, gateway, output, stop);
    }

    private string? TokenOf(ParseResult input)
    {
        if (input.GetValue(_token) is { Length: > 0 } given)
        {
            return given;
        }
        var data = input.GetValue(_data)!;
        try
        {
            return AdminToken.TextFor(data);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.Unauthorised,
                $"{Path.Combine(data, AdminToken.FileName)}: {fault.Message} Run as the gateway's user, or give --token."
            );
        }
    }
}

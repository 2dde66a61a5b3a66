using System.CommandLine;
using Portcullis.Api;

namespace Portcullis.Commands;

/// <summary>Lists callers.</summary>
internal sealed class CallersCommand : AdminCommand
{
    private readonly Option<string> _order = new("--order")
    {
        Description = "What puts a caller first: people, exchanges, refused or latest.",
        DefaultValueFactory = _ => "people",
    };

    private readonly Option<int> _take = new("--take")
    {
        Description = "How many, 1 to 1,000.",
        CustomParser = NumberRange.Of(1, 1_000),
        DefaultValueFactory = _ => 20,
    };

    public CallersCommand()
        : base("callers", "List callers by how many people's records they received.")
    {
        Add(_order);
        Add(_take);
    }

    public override IReadOnlyList<string> Examples =>
        ["portcullis callers", "portcullis callers --order refused --take 100 --json"];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var order = Uri.EscapeDataString(input.GetValue(_order)!);
        var callers = await gateway.GetAsync(
            $"/v1/callers?order={order}&take={input.GetValue(_take)}",
            AdminJson.Default.CallerAnswerArray
        );
        output.Answer(
            callers,
            AdminJson.Default.CallerAnswerArray,
            text =>
                CommandTable.Write(
                    text,
                    ["caller", "rung", "people", "exchanges", "refused or would be", "last seen", ""],
                    callers.Select(one =>
                        new[]
                        {
                            one.Caller,
                            one.Rung,
                            CommandTable.Number(one.People),
                            CommandTable.Number(one.Exchanges),
                            CommandTable.Number(one.Refused),
                            CommandTable.Time(one.LastSeen),
                            one.IsRestricted ? "restricted" : "",
                        }
                    )
                )
        );
        return ExitCode.Ok;
    }
}

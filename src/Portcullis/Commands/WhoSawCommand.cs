using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>Who received one person's record.</summary>
internal sealed class WhoSawCommand : AdminCommand
{
    private const string FromInput = "-";

    private readonly Argument<string> _subject = new("subject")
    {
        Description = "Phone number, e-mail address, account number or another identifier; - reads it from standard input.",
    };

    private readonly Option<int> _take = new("--take")
    {
        Description = "Most exposures, 1 to 10,000.",
        CustomParser = NumberRange.Of(1, 10_000),
        DefaultValueFactory = _ => 1000,
    };

    public WhoSawCommand()
        : base("whosaw", "Show who received a person's record: when, through which operation, which data.")
    {
        Add(_subject);
        Add(_take);
    }

    public override IReadOnlyList<string> Examples =>
        ["portcullis whosaw +14255550100", "portcullis whosaw - < subject.txt", "portcullis whosaw ada@example.com --json"];

    public override IReadOnlyList<ExitCode> ExitCodes =>
        [
            .. base.ExitCodes.Select(code =>
                code.Value == ExitCode.Finding ? new ExitCode(code.Value, "nobody received a record of this person") : code
            ),
        ];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var subject = input.GetValue(_subject)!;
        if (subject == FromInput)
        {
            subject = await Console.In.ReadLineAsync(stop) ?? "";
        }
        var answer = await gateway.PostAsync(
            "/v1/whosaw",
            new WhoSawRequest(subject.Trim(), input.GetValue(_take)),
            AdminJson.Default.WhoSawRequest,
            AdminJson.Default.WhoSawAnswer
        );
        output.Answer(answer, AdminJson.Default.WhoSawAnswer, text => Write(text, answer));
        return answer.Exposures.Count > 0 ? ExitCode.Ok : ExitCode.Finding;
    }

    private static void Write(TextWriter text, WhoSawAnswer answer)
    {
        if (answer.Exposures.Count == 0)
        {
            text.WriteLine("Nobody received a record of this person within retention.");
            return;
        }
        var more = answer.IsCut ? "at least " : "";
        text.WriteLine($"{more}{answer.Exposures.Count} exposures, {answer.Callers} callers");
        CommandTable.Write(
            text,
            ["when", "caller", "rung", "operation", "received", "outcome", "incident"],
            answer.Exposures.Select(one =>
                new[]
                {
                    CommandTable.Time(one.At),
                    one.Caller,
                    one.Rung,
                    one.Operation,
                    CommandTable.List(one.Classes),
                    one.Outcome,
                    one.Incident,
                }
            )
        );
    }
}

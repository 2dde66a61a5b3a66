using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>Stops a caller or network.</summary>
internal sealed class RestrictCommand : AdminCommand
{
    private readonly Argument<string> _target = new("target")
    {
        Description = "A hash, an account, key:NAME of an API key, or network:ADDRESS.",
    };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why; recorded. Name nobody in it.",
        Required = true,
    };

    private readonly Option<string?> _until = new("--until")
    {
        Description = "How long (12h, 7d) or a moment; for ever unless given.",
    };

    public RestrictCommand()
        : base("restrict", "Refuse everything of a caller or network at once.")
    {
        Add(_target);
        Add(_reason);
        Add(_until);
    }

    public override IReadOnlyList<string> Examples =>
        [
            "portcullis restrict 3f2a9c0d5e6b718293a4b5c6d7e8f901 --until 7d --reason \"walks through account numbers\"",
            "portcullis restrict network:203.0.113.9 --until 12h --reason \"credential stuffing\"",
        ];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var target = input.GetValue(_target)!;
        var answer = await gateway.PostAsync(
            "/v1/restrictions",
            new RestrictRequest(target, input.GetValue(_reason)!, input.GetValue(_until)),
            AdminJson.Default.RestrictRequest,
            AdminJson.Default.RestrictionAnswer
        );
        var isKnown = (await gateway.FindCallerAsync(target)).IsKnown;
        var status = await gateway.GetAsync("/v1/status", AdminJson.Default.StatusAnswer);
        output.Answer(
            answer,
            AdminJson.Default.RestrictionAnswer,
            text =>
            {
                text.WriteLine(
                    $"restricted {answer.Target} {(answer.Until is { } end ? $"until {CommandTable.Time(end)}" : "for ever")}"
                );
                if (!isKnown)
                {
                    CommandText.Write(
                        text,
                        "",
                        $"Nobody of that name was seen yet: it holds from the first request on. Was another meant? `portcullis callers` lists callers, `portcullis release {answer.Target}` takes it back."
                    );
                }
                if (status.Mode == "monitor")
                {
                    CommandText.Write(
                        text,
                        "",
                        $"This gateway monitors: the restriction is carried out by the operations that enforce ({status.Enforced} of {status.Operations}) and recorded by the others. `portcullis promote all --reason …` makes all enforce."
                    );
                }
            }
        );
        return ExitCode.Ok;
    }
}

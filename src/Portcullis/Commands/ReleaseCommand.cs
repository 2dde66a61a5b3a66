using System.CommandLine;
using Portcullis.Api;

namespace Portcullis.Commands;

/// <summary>Ends a restriction, or lists those in force.</summary>
internal sealed class ReleaseCommand : AdminCommand
{
    private readonly Argument<string?> _target = new("target")
    {
        Description = "Whom to let back: a hash, an account, key:NAME or network:ADDRESS. Without one, restrictions are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _reason = new("--reason") { Description = "Why; recorded. Name nobody in it." };

    public ReleaseCommand()
        : base("release", "End a restriction; without a target, list those in force.")
    {
        Add(_target);
        Add(_reason);
    }

    public override IReadOnlyList<string> Examples =>
        ["portcullis release", "portcullis release 3f2a9c0d5e6b718293a4b5c6d7e8f901 --reason \"client was repaired\""];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        if (input.GetValue(_target) is not { } target)
        {
            await ListAsync(gateway, output);
            return ExitCode.Ok;
        }
        var why = input.GetValue(_reason) is { } reason ? $"?why={Uri.EscapeDataString(reason)}" : "";
        var answer = await gateway.DeleteAsync(
            $"/v1/restrictions/{await gateway.CallerAsync(target)}{why}",
            AdminJson.Default.RestrictionAnswer
        );
        output.Answer(answer, AdminJson.Default.RestrictionAnswer, text => text.WriteLine($"released {answer.Target}"));
        return ExitCode.Ok;
    }

    private static async Task ListAsync(AdminClient gateway, CommandOutput output)
    {
        var all = await gateway.GetAsync("/v1/restrictions", AdminJson.Default.RestrictionAnswerArray);
        output.Answer(
            all,
            AdminJson.Default.RestrictionAnswerArray,
            text =>
            {
                if (all.Length == 0)
                {
                    text.WriteLine("No restriction is in force.");
                    return;
                }
                CommandTable.Write(
                    text,
                    ["target", "until", "why"],
                    all.Select(one => new[] { one.Target, CommandTable.End(one.Until), one.Why })
                );
            }
        );
    }
}

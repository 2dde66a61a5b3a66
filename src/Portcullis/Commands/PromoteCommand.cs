namespace Portcullis.Commands;

/// <summary>Starts enforcing one operation.</summary>
internal sealed class PromoteCommand()
    : ModeCommand("promote", "Let one operation, or all, carry verdicts out from the next request on.", "enforce")
{
    public override IReadOnlyList<string> Examples =>
        [
            "portcullis promote \"GET /accounts/{id}\" --reason \"seen for two weeks\"",
            "portcullis promote all --until 1h --reason rehearsal",
            "portcullis promote \"GET /accounts/{id}\" --policy --reason \"the policy decides again\"",
        ];
}

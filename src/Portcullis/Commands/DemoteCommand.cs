namespace Portcullis.Commands;

/// <summary>Stops enforcing one operation.</summary>
internal sealed class DemoteCommand() : ModeCommand("demote", "Let one operation, or all, only record verdicts.", "monitor")
{
    public override IReadOnlyList<string> Examples =>
        [
            "portcullis demote \"GET /accounts/{id}\" --reason \"partner sends no token yet\"",
            "portcullis demote all --until 1h --reason rehearsal",
            "portcullis demote \"GET /accounts/{id}\" --policy --reason \"the policy decides again\"",
        ];
}

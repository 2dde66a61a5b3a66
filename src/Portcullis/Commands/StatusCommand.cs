using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>How a gateway is doing.</summary>
internal sealed class StatusCommand()
    : AdminCommand("status", "Show how the gateway is doing: mode, counts, ledger, what left unread.")
{
    public override IReadOnlyList<string> Examples =>
        ["portcullis status", "portcullis status --admin http://10.0.0.5:8081 --json"];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var status = await gateway.GetAsync("/v1/status", AdminJson.Default.StatusAnswer);
        output.Answer(status, AdminJson.Default.StatusAnswer, text => Write(text, status));
        return ExitCode.Ok;
    }

    private static void Write(TextWriter text, StatusAnswer status)
    {
        CommandText.Write(text, "", $"portcullis {status.Version}, mode {status.Mode}, policy {status.Policy}");
        foreach (var upstream in status.Upstreams)
        {
            text.WriteLine($"upstream      {upstream}");
        }
        text.WriteLine(
            $"operations    {status.Operations}: {status.Enforced} enforced, {status.Personal} return personal data, {status.Bypasses} bypassed"
        );
        text.WriteLine($"callers       {CommandTable.Number(status.Callers)}");
        text.WriteLine($"restrictions  {status.Restrictions}, allowances {status.Allowances}");
        CommandText.Write(
            text,
            "journal       ",
            $"{CommandTable.Number(status.Journal)} records, ledger at {CommandTable.Number(status.Ledger)}; {status.JournalBytes >> 20} MiB of at most {status.JournalLimit >> 20}"
        );
        WriteTroubles(text, status);
        if (status.Unmeasured.Count == 0)
        {
            return;
        }
        text.WriteLine();
        text.WriteLine("Left without being read, latest first:");
        CommandTable.Write(
            text,
            ["when", "operation", "caller", "incident"],
            status.Unmeasured.Select(one => new[] { CommandTable.Time(one.At), one.Operation, one.Caller, one.Incident })
        );
    }

    private static void WriteTroubles(TextWriter text, StatusAnswer status)
    {
        if (status.JournalFailures > 0)
        {
            CommandText.Write(
                text,
                "",
                $"NOT RECORDED: {CommandTable.Number(status.JournalFailures)} exchanges since start could not be journalled and were answered by onJournalFailure"
            );
        }
        foreach (var store in status.Stores.Where(store => store.Failure is not null))
        {
            CommandText.Write(
                text,
                "",
                $"{store.Name.ToUpperInvariant()} CANNOT BE WRITTEN: {CommandTable.Number(store.Behind)} records wait in the journal. {store.Failure}"
            );
        }
    }
}

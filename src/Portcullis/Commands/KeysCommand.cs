using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>The gateway's own API keys.</summary>
internal sealed class KeysCommand : AdminCommand
{
    private const string Issue = "issue";
    private const string List = "list";
    private const string Rotate = "rotate";
    private const string Revoke = "revoke";

    private readonly Argument<string> _action = new("action")
    {
        Description = "issue, list, rotate or revoke.",
        DefaultValueFactory = _ => List,
    };

    private readonly Argument<string?> _key = new("key")
    {
        Description = "The new key's name (issue), or the id of a key (rotate, revoke).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _owner = new("--owner") { Description = "The account a new key acts for." };

    private readonly Option<string[]> _scopes = new("--scope") { Description = "A scope of a new key; may be repeated." };

    private readonly Option<string[]> _roles = new("--role") { Description = "A role of a new key; may be repeated." };

    private readonly Option<string[]> _pools = new("--pool") { Description = "A pool of a new key's callers; may be repeated." };

    private readonly Option<string?> _until = new("--until") { Description = "When a new key ends: how long (90d) or a moment." };

    private readonly Option<string> _sharing = new("--sharing")
    {
        Description = "Who holds a copy of a new key: none, backEnd or installed.",
        DefaultValueFactory = _ => "none",
    };

    private readonly Option<string?> _endUser = new("--end-user-header")
    {
        Description = "Header in which a back end names its end user.",
    };

    private readonly Option<string> _overlap = new("--overlap")
    {
        Description = "How long the old text of a rotated key stays good.",
        DefaultValueFactory = _ => "24h",
    };

    public KeysCommand()
        : base("keys", "Issue, list, rotate and revoke the gateway's own API keys.")
    {
        _action.AcceptOnlyFromAmong(Issue, List, Rotate, Revoke);
        Add(_action);
        Add(_key);
        foreach (var option in new Option[] { _owner, _scopes, _roles, _pools, _until, _sharing, _endUser, _overlap })
        {
            Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
        [
            "portcullis keys",
            "portcullis keys issue partner-app --scope accounts:read --until 90d",
            "portcullis keys rotate 4f0c9a1e --overlap 24h",
            "portcullis keys revoke 4f0c9a1e",
        ];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        switch (input.GetValue(_action))
        {
            case Issue:
                Write(output, await IssueAsync(input, gateway));
                break;
            case Rotate:
                Write(
                    output,
                    await gateway.PostAsync(
                        $"/v1/keys/{KeyOf(input)}/rotate",
                        new KeyRotateRequest(input.GetValue(_overlap)!),
                        AdminJson.Default.KeyRotateRequest,
                        AdminJson.Default.IssuedKeyAnswer
                    )
                );
                break;
            case Revoke:
                var revoked = await gateway.DeleteAsync($"/v1/keys/{KeyOf(input)}", AdminJson.Default.KeyAnswer);
                output.Answer(
                    revoked,
                    AdminJson.Default.KeyAnswer,
                    text => text.WriteLine($"revoked {revoked.Id} ({revoked.Name})")
                );
                break;
            default:
                var keys = await gateway.GetAsync("/v1/keys", AdminJson.Default.KeyAnswerArray);
                output.Answer(keys, AdminJson.Default.KeyAnswerArray, text => Write(text, keys));
                break;
        }
        return ExitCode.Ok;
    }

    private async Task<IssuedKeyAnswer> IssueAsync(ParseResult input, AdminClient gateway) =>
        await gateway.PostAsync(
            "/v1/keys",
            new KeyIssueRequest(input.GetValue(_key) ?? throw CommandFailure.BadInput("give the new key a name."))
            {
                Owner = input.GetValue(_owner),
                Scopes = input.GetValue(_scopes) ?? [],
                Roles = input.GetValue(_roles) ?? [],
                Pools = input.GetValue(_pools) ?? [],
                Until = input.GetValue(_until),
                Sharing = input.GetValue(_sharing)!,
                EndUserHeader = input.GetValue(_endUser),
            },
            AdminJson.Default.KeyIssueRequest,
            AdminJson.Default.IssuedKeyAnswer
        );

    private string KeyOf(ParseResult input) =>
        Uri.EscapeDataString(
            input.GetValue(_key) ?? throw CommandFailure.BadInput("name the key by its id; `portcullis keys` lists them.")
        );

    private static void Write(CommandOutput output, IssuedKeyAnswer issued) =>
        output.Answer(
            issued,
            AdminJson.Default.IssuedKeyAnswer,
            text =>
            {
                text.WriteLine(issued.Text);
                text.WriteLine($"id {issued.Key.Id}. The key is shown this once; {Place(issued)}.");
            }
        );

    private static string Place(IssuedKeyAnswer issued) =>
        issued.Header is { } header ? $"callers send it in {header}"
        : issued.Query is { } query ? $"callers send it as the query parameter {query}"
        : "the policy in force reads keys nowhere: set identity.apiKeys.header";

    private static void Write(TextWriter text, KeyAnswer[] keys) =>
        CommandTable.Write(
            text,
            ["id", "name", "caller", "sharing", "scopes", "ends"],
            keys.Select(key =>
                new[]
                {
                    key.Id,
                    key.Name,
                    key.Caller,
                    key.Sharing,
                    CommandTable.List(key.Scopes),
                    key.RevokedAt is { } at ? $"revoked {CommandTable.Time(at)}" : CommandTable.End(key.ExpiresAt),
                }
            )
        );
}

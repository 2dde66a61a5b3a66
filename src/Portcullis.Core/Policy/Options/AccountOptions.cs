namespace Portcullis.Core.Policy.Options;

/// <summary>Answers that tell whose token or session it was.</summary>
public sealed record AccountOptions
{
    [Option(
        "Operations whose answer is about the caller: a profile, a login, a refresh.",
        Form = OptionForm.Operation,
        Example = "GET /me"
    )]
    public List<string> Operations { get; set; } = [];

    [Option("Field of the answer that names the account, dotted.", Example = "id")]
    public string? Field { get; set; }

    [Option(
        "The issuer in `jwt` whose accounts are those that these answers, `session` and `introspection` name, so that a person who comes with a token and with a session has one budget. Without it they are accounts of their own. Changing it lets their budgets begin anew.",
        Example = "https://login.example.com/"
    )]
    public string? Issuer { get; set; }
}

using Portcullis.Core.Classification;
using Portcullis.Core.Contracts;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Policy.Options;

/// <summary>What the policy knows of one operation.</summary>
public sealed record OperationOptions
{
    [Option(
        "`required` asks every caller for a verified identity; `learned` follows the contract and refuses anonymous callers once personal data is seen; `signIn` admits them to answers about one person (login, sign-up, reset and token operations, recognised by themselves); `guest` to answers with what their own request said (guest checkout, sign-up); `public` to everything (directories, contact data)."
    )]
    public AuthenticationWord? Authentication { get; set; }

    [Option("Requests are signed with a shared secret, and whose signature is good needs no other credential.")]
    public WebhookOptions? Webhook { get; set; }

    [Option(
        "Conditions that must all be true before the upstream is asked.",
        Form = OptionForm.Expression,
        Example = "path.accountId == token.account_id"
    )]
    public List<string> Ownership { get; set; } = [];

    [Option(
        "Conditions that must all be true for each item of the answer.",
        Form = OptionForm.Expression,
        Example = "item.ownerId == token.sub"
    )]
    public List<string> Items { get; set; } = [];

    [Option(
        "What a caller sees of what is not theirs: `forbidden` (403), or `notFound` (404), which does not tell that it exists."
    )]
    public ForeignWord Foreign { get; set; }

    [Option("Field that holds the id of the person a record is about; without it found by its name.", Example = "customerId")]
    public string? Subject { get; set; }

    [Option("Data classes that answers carry, before traffic shows it.", Form = OptionForm.DataClass, Example = "[phone, email]")]
    public List<string> Returns { get; set; } = [];

    [Option(
        "Data classes that are public here: not counted, not masked, open to anonymous callers.",
        Form = OptionForm.DataClass
    )]
    public List<string> Public { get; set; } = [];

    [Option("Differs from the gateway's `mode` for this operation.", Default = "as `mode`")]
    public Mode? Mode { get; set; }

    [Option("Differs from the gateway's `onFailure`.", Default = "as `onFailure`")]
    public FailureWord? OnFailure { get; set; }

    [Option("Differs from the gateway's `unmeasured`.", Default = "as `unmeasured`")]
    public UnmeasuredWord? Unmeasured { get; set; }

    [Option("False for answers that need no reading (static files); requests are judged all the same.")]
    public bool Inspect { get; set; } = true;

    [Option("Differs from the upstream's `contractMode`.", Default = "as `contractMode`")]
    public ContractWord? Contract { get; set; }

    [Option("Differs from the upstream's `contractAnswers`.", Default = "as `contractAnswers`")]
    public ContractWord? ContractAnswers { get; set; }

    [Option("Differs from the upstream's `undeclaredFields`.", Default = "as `undeclaredFields`")]
    public UndeclaredWord? UndeclaredFields { get; set; }

    [Option("True when the API serves the operation although its contract does not declare it.")]
    public bool Undeclared { get; set; }
}

using Portcullis.Core.Classification;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Policy.Options;

/// <summary>The whole of <c>portcullis.yaml</c>, as written.</summary>
public sealed record GatewayOptions
{
    [Option("Version of this file's format.", Min = "1", Max = "1")]
    public int Version { get; set; } = 1;

    [Option(
        "`monitor` lets everything pass and records what would have been done; `enforce` carries it out. Single operations can differ."
    )]
    public Mode Mode { get; set; }

    [Option(
        "Where requests are accepted; several addresses may be given.",
        Form = OptionForm.Endpoint,
        Example = "https://0.0.0.0:8443"
    )]
    public List<string> Listen { get; set; } = ["http://localhost:8080"];

    [Option(
        "Where health checks, the admin API and the console are served. Keep it on a loopback or private address.",
        Form = OptionForm.Endpoint
    )]
    public string Admin { get; set; } = "http://localhost:8081";

    [Option("Folder of journal, state and history. One process at a time can use it.", Form = OptionForm.Path)]
    public string Data { get; set; } = "portcullis-data";

    [Option(
        "What the journal survives before an answer leaves: `process` a kill of the process, `power` a loss of power (waits for the disk)."
    )]
    public DurabilityWord Durability { get; set; }

    [Option("How the journal is kept on disk.")]
    public JournalOptions Journal { get; set; } = new();

    [Option(
        "Where the key of the ledger's hashes comes from. Without it a key file is made beside the data folder at the first start."
    )]
    public LedgerKeyOptions LedgerKey { get; set; } = new();

    [Option("How long history is kept.", Min = "1d", Max = "3650d")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    [Option(
        "Most exchanges the history keeps in which nobody's record left: refused ones, with the items that were refused, and those of anonymous callers whose answer was read and has no record. The oldest go first; all others stay as long as `retention` says, among them what would have been refused while monitoring.",
        Min = "1000",
        Max = "1000000000"
    )]
    public int EmptyExchanges { get; set; } = 5_000_000;

    [Option("Certificate of the `https` addresses in `listen`.")]
    public TlsOptions Tls { get; set; } = new();

    [Option(
        "Proxies in front of this gateway whose `Forwarded` and `X-Forwarded-For` are believed, both only where they agree. None unless listed.",
        Form = OptionForm.Network,
        Example = "10.0.0.0/8"
    )]
    public List<string> TrustedProxies { get; set; } = [];

    [Option("How many gateways with this policy run side by side; every budget is divided by it.", Min = "1", Max = "1000")]
    public int Instances { get; set; } = 1;

    [Option("How much of a body is held, and how long, before the verdict.")]
    public HoldOptions Hold { get; set; } = new();

    [Option(
        "What happens when the gate fails (a guard's fault, a time limit, memory, too many exchanges): `closed` refuses, `open` passes with a finding. Where personal data leaves it is always closed."
    )]
    public FailureWord OnFailure { get; set; }

    [Option(
        "What happens when the journal cannot be written: `closed` refuses everything, while monitoring too; `open` passes unrecorded what carries no personal data, and everything while monitoring.",
        Default = "closed where `mode` is `enforce`, else open"
    )]
    public FailureWord? OnJournalFailure { get; set; }

    [Option(
        "Answers that cannot be read (unknown coding, streams, over the cap): `refusePersonal` refuses them where the operation returns personal data or its answers are held to `items`, `undeclaredFields` or the contract, `refuse` always, `allow` never. Each one is journalled."
    )]
    public UnmeasuredWord Unmeasured { get; set; }

    [Option(
        "`noStore` adds `Cache-Control: private, no-store` to answers with personal data, and to those of their operations that left unread, `keep` leaves the upstream's header."
    )]
    public CacheControlWord CacheControl { get; set; }

    [Option("Whether anonymous callers may receive personal data that no operation declares public.")]
    public PermissionWord AnonymousPersonalData { get; set; }

    [Option("How long after its first exchange an identity belongs to the pool `new`.", Min = "0s", Max = "365d")]
    public TimeSpan NewIdentityAge { get; set; } = TimeSpan.FromDays(30);

    [Option(
        "What answers to hosts that no upstream lists: `refuse`, or the name of an upstream. An upstream without `hosts` answers to all of them.",
        Form = OptionForm.Name
    )]
    public string UnknownHosts { get; set; } = "refuse";

    [Option("The APIs behind the gateway.", IsRequired = true)]
    public List<UpstreamOptions> Upstreams { get; set; } = [];

    [Option("How callers are recognised.")]
    public IdentityOptions Identity { get; set; } = new();

    [Option("Sets of callers that share budgets. `anonymous` and `new` always exist.")]
    public List<PoolOptions> Pools { get; set; } = [];

    [Option("Ceilings on how many people's records leave.")]
    public List<BudgetOptions> Budgets { get; set; } = [];

    [Option(
        "What is known of single operations, by method and path template.",
        Form = OptionForm.Operation,
        Example = "GET /accounts/{accountId}"
    )]
    public Dictionary<string, OperationOptions> Operations { get; set; } = [];
}

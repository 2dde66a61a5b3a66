using System.Net;
using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Json;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>
/// One request and its response, as facts. Pooled: the adapter that rents it owns it, returns it exactly once after forwarding and
/// client write have both ended, and no span of it outlives a phase.
/// </summary>
public sealed class Exchange
{
    /// <summary>Most verified rungs one exchange can carry.</summary>
    public const int MaxRungs = 4;

    private readonly CallerState?[] _rungs = new CallerState?[MaxRungs];

    // ---- what the adapter fills before the request head ----

    /// <summary>The policy in force when the exchange began; a reload does not change it under way.</summary>
    public PolicySnapshot Policy { get; set; } = null!;

    /// <summary>Gate time at the start, milliseconds since the Unix epoch; never runs backwards.</summary>
    public long StartedAt { get; set; }

    public string Method { get; set; } = "";

    /// <summary>Host without port, lower case.</summary>
    public string Host { get; set; } = "";

    /// <summary>The request target exactly as received: what is matched is what is sent.</summary>
    public string RawTarget { get; set; } = "";

    /// <summary>The client, after trusted-proxy handling.</summary>
    public IPAddress? ClientAddress { get; set; }

    public HeaderSource RequestHeaders { get; set; } = null!;

    public HeaderSource? ResponseHeaders { get; set; }

    /// <summary>The buffered request body; empty when it was not asked for.</summary>
    public ReadOnlyMemory<byte> RequestBody { get; set; }

    /// <summary>True when the adapter saw that no body comes with the request.</summary>
    public bool LacksRequestBody { get; set; }

    /// <summary>The decoded copy of the held answer, from the first byte to the last.</summary>
    public ReadOnlyMemory<byte> ResponseBody { get; set; }

    /// <summary>The request body as JSON, while the phase runs in which a guard has read it.</summary>
    internal JsonTape? RequestTape { get; set; }

    /// <summary>What keeps two parsers from reading the request body alike.</summary>
    internal JsonFault RequestFault { get; set; }

    /// <summary>The answer as JSON, while the phase runs in which a guard has read it.</summary>
    internal JsonTape? ResponseTape { get; set; }

    /// <summary>HTTP status of the upstream's answer; 0 before there is one.</summary>
    public int Status { get; set; }

    /// <summary>What <see cref="Gate.ReadAhead"/> found in the request head; nothing unless the adapter sets it.</summary>
    public HeadFacts Ahead { get; set; }

    // ---- facts: canonical form ----

    /// <summary>Percent-decoded bytes of path and query, to which the ranges below point.</summary>
    public byte[] TargetBytes { get; set; } = new byte[512];

    public FactList<TextRange> PathSegments { get; } = new();

    public FactList<QueryParameter> Query { get; } = new();

    /// <summary>Names that only a parser finds in the query which takes the semicolon for another ampersand.</summary>
    public FactList<TextRange> QueryNamesBehindSemicolons { get; } = new();

    /// <summary>False when the target cannot be read in one way only; nothing after it may trust the path then.</summary>
    public bool HasCanonicalTarget { get; set; }

    /// <summary>True when the adapter saw the body framed in two ways, or in one that no two parsers agree on.</summary>
    public bool HasFramingConflict { get; set; }

    // ---- facts: who ----

    /// <summary>Keyed hash of the client network prefix (/24 of IPv4, /64 of IPv6).</summary>
    public Key128 NetworkKey { get; set; }

    /// <summary>The bearer token of the request head and what its signature proves; whether it counts now is judged later.</summary>
    internal BearerFact Bearer { get; set; }

    /// <summary>The strongest verified rung, or the network's row for an anonymous caller.</summary>
    public CallerState? Caller { get; set; }

    public int RungCount { get; private set; }

    /// <summary>Every verified rung; budgets charge each.</summary>
    public ReadOnlySpan<CallerState?> Rungs => _rungs.AsSpan(0, RungCount);

    /// <summary>Claims of the token, key or session; null for an anonymous caller.</summary>
    public VerifiedIdentity? Identity { get; set; }

    public bool IsAnonymous => Identity is null;

    /// <summary>Keyed hash of the credential presented; empty when there is none.</summary>
    public Key128 CredentialKey { get; set; }

    /// <summary>True when only the upstream can judge the credential: the caller is anonymous until its answer vouches for it.</summary>
    public bool IsCredentialPending { get; set; }

    /// <summary>True when a credential was presented that only the upstream can judge, and nothing verified beside it.</summary>
    public bool HasUnverifiedCredential { get; set; }

    /// <summary>Why the credential presented proves nothing; null when it is good or there is none. Refused where it is not declared public.</summary>
    public Reason? CredentialFault { get; set; }

    /// <summary>Pools the caller belongs to, one bit per <see cref="Pool.Index"/>.</summary>
    public ulong Pools { get; set; }

    // ---- facts: which ----

    public UpstreamPlan? Upstream { get; set; }

    /// <summary>The matched operation as policy sees it; null when unknown.</summary>
    public OperationPlan? Plan { get; set; }

    public Operation? Operation => Plan?.Operation;

    /// <summary>Values of the template's parameters, in template order, in <see cref="TargetBytes"/>.</summary>
    public FactList<TextRange> PathParameters { get; } = new();

    /// <summary>Place and rule of the first breach of the contract, for operators; never a value. Null without one.</summary>
    public string? ContractViolation { get; set; }

    // ---- facts: what leaves ----

    public BodyKind ResponseKind { get; set; }

    public FactList<ItemFact> Items { get; } = new();

    public FactList<ValueFact> Values { get; } = new();

    public FactList<AliasFact> Aliases { get; } = new();

    /// <summary>Headers of the answer that carry personal data: counted with the rest, and taken out where something is masked or cut.</summary>
    public FactList<HeaderFact> PersonalHeaders { get; } = new();

    /// <summary>Members to cut out of the answer, each with its name, in the order of their objects.</summary>
    public FactList<TextRange> Cuts { get; } = new();

    /// <summary>Union of the items' data classes.</summary>
    public ulong ResponseClasses { get; set; }

    public ReleaseKind Release { get; set; }

    /// <summary>Why the answer cannot be read; the adapter sets <see cref="UnreadableCause.OverCap"/> when holding fails under way.</summary>
    public UnreadableCause Unreadable { get; set; }

    // ---- verdict ----

    /// <summary>The hardest verdict so far; in monitor mode the one that would have been carried out.</summary>
    public VerdictKind Verdict { get; private set; }

    public Reason? Reason { get; private set; }

    public int RetryAfterSeconds { get; private set; }

    /// <summary>The budget that an item did not fit, for operators; null when all did.</summary>
    public Budget? ExceededBudget { get; set; }

    /// <summary>Distinct subjects of that budget's window when it did not fit.</summary>
    public int ExceededUse { get; set; }

    /// <summary>True when verdicts are carried out: set once the operation is known.</summary>
    public bool IsEnforced { get; set; }

    /// <summary>What is done: the verdict when enforced, else Allow.</summary>
    public VerdictKind Effective => IsEnforced ? Verdict : VerdictKind.Allow;

    /// <summary>The policy's word when something fails: closed wherever personal data leaves, and where nothing is known.</summary>
    public FailureWord OnFailure =>
        Plan is { ReturnsPersonalData: false } plan && ResponseClasses == 0 ? plan.OnFailure : FailureWord.Closed;

    /// <summary>
    /// The policy's word when the journal cannot be written. What is enforced never lets personal data leave without a record, whatever the
    /// word; what is monitored passes unless the word says otherwise.
    /// </summary>
    public FailureWord OnJournalFailure =>
        IsEnforced && (ResponseClasses != 0 || Plan is { ReturnsPersonalData: true })
            ? FailureWord.Closed
            : Policy.OnJournalFailure ?? (IsEnforced ? FailureWord.Closed : FailureWord.Open);

    public bool IsRefused => IsEnforced && Verdict >= VerdictKind.Throttle;

    /// <summary>True once the upstream has been asked; a withheld answer to an unsafe method then says that it was executed.</summary>
    public bool WasForwarded { get; set; }

    /// <summary>Sequence number in the journal; 0 before commit.</summary>
    public long Sequence { get; set; }

    public bool IsCommitted => Sequence != 0;

    /// <summary>Milliseconds from the start to: end of request head, end of request body, response head, commit.</summary>
    public int[] PhaseMilliseconds { get; } = new int[4];

    public void AddRung(CallerState rung)
    {
        if (RungCount < MaxRungs)
        {
            _rungs[RungCount++] = rung;
        }
    }

    /// <summary>Records a guard's objection; a milder one never replaces a harder one.</summary>
    public void Object(in Judgement judgement)
    {
        if (judgement.Kind > Verdict)
        {
            Verdict = judgement.Kind;
            Reason = judgement.Reason;
            RetryAfterSeconds = judgement.RetryAfterSeconds;
        }
    }

    /// <summary>UTF-8 of a stretch of the decoded target.</summary>
    public ReadOnlySpan<byte> Target(TextRange range) => TargetBytes.AsSpan(range.Start, range.Length);

    /// <summary>A tape is the memory of a thread, which others use when the phase is over.</summary>
    internal void ForgetTapes()
    {
        RequestTape?.Clear();
        RequestTape = null;
        ResponseTape?.Clear();
        ResponseTape = null;
    }

    /// <summary>Forgets what only judging needs, once the bytes are decided: facts of many people weigh more than the answer itself.</summary>
    public void ForgetItems()
    {
        Items.Clear();
        Values.Clear();
        Aliases.Clear();
        Cuts.Clear();
        ResponseBody = default;
    }

    /// <summary>Forgets everything; what it held of the caller's text is overwritten.</summary>
    public void Reset()
    {
        ForgetTapes();
        TargetBytes.AsSpan().Clear();
        PathSegments.Clear();
        Query.Clear();
        QueryNamesBehindSemicolons.Clear();
        PathParameters.Clear();
        Items.Clear();
        Values.Clear();
        Aliases.Clear();
        PersonalHeaders.Clear();
        Cuts.Clear();
        Array.Clear(_rungs);
        Array.Clear(PhaseMilliseconds);
        RungCount = 0;
        Policy = null!;
        RequestHeaders = null!;
        ResponseHeaders = null;
        RequestBody = default;
        RequestFault = JsonFault.None;
        LacksRequestBody = false;
        ResponseBody = default;
        ClientAddress = null;
        Method = Host = RawTarget = "";
        Status = 0;
        HasCanonicalTarget = false;
        HasFramingConflict = false;
        Caller = null;
        Identity = null;
        Ahead = default;
        Bearer = default;
        CredentialKey = default;
        IsCredentialPending = false;
        HasUnverifiedCredential = false;
        CredentialFault = null;
        NetworkKey = default;
        Pools = 0;
        Upstream = null;
        Plan = null;
        ContractViolation = null;
        ResponseKind = BodyKind.None;
        ResponseClasses = 0;
        Release = ReleaseKind.Measured;
        Unreadable = UnreadableCause.None;
        Verdict = VerdictKind.Allow;
        Reason = null;
        RetryAfterSeconds = 0;
        ExceededBudget = null;
        ExceededUse = 0;
        IsEnforced = false;
        WasForwarded = false;
        Sequence = 0;
    }
}

using Portcullis.Core.Admission;
using Portcullis.Core.Budgets;
using Portcullis.Core.Classification;
using Portcullis.Core.Contracts;
using Portcullis.Core.Expressions;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>An operation as policy and contract see it: compiled once, immutable, replaced whole on reload.</summary>
public sealed record OperationPlan
{
    public required Operation Operation { get; init; }

    public AuthenticationWord Authentication { get; init; }

    /// <summary>True for the plan that stands for preflights of declared paths, which are known although no contract lists them.</summary>
    public bool IsForPreflights { get; init; }

    /// <summary>How callers sign their requests here; null where they do not.</summary>
    public SignedWebhook? Webhook { get; init; }

    /// <summary>Template parameter names, in template order.</summary>
    public string[] ParameterNames { get; init; } = [];

    /// <summary>The contract's validator; null when no contract declares the operation.</summary>
    public ContractPlan? Contract { get; init; }

    /// <summary>What becomes of requests that break the contract.</summary>
    public ContractWord RequestContract { get; init; } = ContractWord.Enforce;

    /// <summary>What becomes of answers that break the contract.</summary>
    public ContractWord ResponseContract { get; init; } = ContractWord.Observe;

    /// <summary>What becomes of fields of answers that the contract does not declare.</summary>
    public UndeclaredWord UndeclaredFields { get; init; }

    /// <summary>Must be true before the upstream is asked; null when nothing is declared.</summary>
    public Expression? RequestOwnership { get; init; }

    /// <summary>Must be true for each item that leaves; null when nothing is declared.</summary>
    public Expression? ItemOwnership { get; init; }

    /// <summary>Claims that name what is the caller's own here.</summary>
    public string[] OwnClaims { get; init; } = [];

    /// <summary>True to answer 404 instead of 403 where ownership fails, so that nobody learns what exists.</summary>
    public bool HidesForeign { get; init; }

    /// <summary>Response field that holds the subject's canonical id, as UTF-8 property name; null to find it by field name.</summary>
    public byte[]? SubjectField { get; init; }

    /// <summary>Data classes declared or known from the contract's response schemas, one bit each.</summary>
    public ulong DeclaredClasses { get; init; }

    /// <summary>Data classes that are public here (a directory's office phone): not counted, not masked, open to anonymous callers.</summary>
    public ulong PublicClasses { get; init; }

    /// <summary>Overrides the policy's mode; null follows it.</summary>
    public Mode? Mode { get; init; }

    public FailureWord OnFailure { get; init; }

    public UnmeasuredWord Unmeasured { get; init; }

    /// <summary>False for operations whose answers need no reading (static files); their requests are judged all the same.</summary>
    public bool InspectsResponse { get; init; } = true;

    /// <summary>True when a guard reads request bodies of this operation, so that they are held whole.</summary>
    public bool ReadsRequestBody { get; init; }

    /// <summary>Budgets whose group holds this operation.</summary>
    public Budget[] Budgets { get; init; } = [];

    /// <summary>True when answers are declared or known to carry personal data that is not public here.</summary>
    public bool ReturnsPersonalData => ((DeclaredClasses | Operation.ClassesSeen) & ~PublicClasses) != 0;

    /// <summary>True when what stands in an answer decides whether it leaves: whose data it is, whose its items are, whether it is as declared.</summary>
    internal bool JudgesContent(Exchange exchange) =>
        ReturnsPersonalData
        || ItemOwnership is not null
        || (
            (ResponseContract == ContractWord.Enforce || UndeclaredFields != UndeclaredWord.Observe)
            && Contract?.HoldsAnswer(exchange.Status, exchange.ResponseHeaders?.First("Content-Type")) == true
        );
}

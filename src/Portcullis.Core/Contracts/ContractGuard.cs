using Portcullis.Core.Contracts.Checks;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Contracts;

/// <summary>Holds requests and answers to the contract.</summary>
public sealed class ContractGuard : Guard
{
    public static readonly Reason Request = new(
        "contract/request",
        400,
        "The request is not as the API describes it.",
        "A parameter or the body breaks the contract; the finding names place and rule. Correct the client or the contract, or set `contract: observe` on the operation."
    );

    public static readonly Reason RequestBody = new(
        "contract/request-body",
        422,
        "The request body is not as the API describes it.",
        "The body breaks its schema, or is required and missing; the finding names place and rule. Correct the client or the contract, or set `contract: observe` on the operation."
    );

    public static readonly Reason MediaType = new(
        "contract/media-type",
        415,
        "The media type is not one the API describes.",
        "The operation declares no request body of this type or coding. Declare it, or set `contract: observe` on the operation."
    );

    public static readonly Reason Response = new(
        "contract/response",
        502,
        "The answer cannot be delivered.",
        "Status, media type or body of the answer break the contract; the finding names place and rule. Correct the API or the contract, or set `contractAnswers: observe` on the operation, and `undeclaredFields: observe` where that is `drop` or `refuse`."
    );

    public static readonly Reason Undeclared = new(
        "contract/undeclared",
        400,
        "The request is not as the API describes it.",
        "The message carries something that the contract neither mentions nor forbids; it is only recorded. Declare it, or forbid it with `additionalProperties: false`."
    );

    public static readonly Reason UndeclaredField = new(
        "contract/undeclared-field",
        502,
        "The answer cannot be delivered.",
        "The answer carries a field that the contract does not declare, and the operation says `undeclaredFields: drop` or `refuse`. Declare it, or set `undeclaredFields: observe`."
    );

    public override string Id => "contract";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead, Phase.RequestBody, Phase.ResponseBody];

    public override Judgement Judge(Exchange exchange, Phase phase)
    {
        if (exchange.Plan is not { Contract: { } contract } plan)
        {
            return Judgement.Pass;
        }
        if (phase == Phase.ResponseBody && plan.UndeclaredFields != UndeclaredWord.Observe)
        {
            return JudgeFields(exchange, contract, plan);
        }
        var word = phase == Phase.ResponseBody ? plan.ResponseContract : plan.RequestContract;
        if (word == ContractWord.Off)
        {
            return Judgement.Pass;
        }
        var violation = Find(exchange, contract, phase);
        if (violation.IsNone)
        {
            return Judgement.Pass;
        }
        if (exchange.ContractViolation is null || violation.Kind > ViolationKind.Undeclared)
        {
            exchange.ContractViolation = violation.Text;
        }
        var reason = ReasonOf(violation.Kind, phase);
        return word == ContractWord.Observe || violation.Kind == ViolationKind.Undeclared
            ? Judgement.Observe(reason)
            : Judgement.Refuse(reason);
    }

    // In an answer that breaks its schema nobody can say what is declared, so it is refused whole where that matters.
    private static Judgement JudgeFields(Exchange exchange, ContractPlan contract, OperationPlan plan)
    {
        exchange.Cuts.Clear();
        var violation = BodyCheck.FindInResponse(exchange, contract, exchange.Cuts);
        if (violation.IsNone || violation.Kind == ViolationKind.Undeclared && exchange.Cuts.Count == 0)
        {
            return Judgement.Pass;
        }
        exchange.ContractViolation = violation.Text;
        if (violation.Kind != ViolationKind.Undeclared || plan.UndeclaredFields == UndeclaredWord.Refuse)
        {
            exchange.Cuts.Clear();
            return Judgement.Refuse(violation.Kind == ViolationKind.Undeclared ? UndeclaredField : Response);
        }
        return Judgement.Clip(UndeclaredField);
    }

    private static Violation Find(Exchange exchange, ContractPlan contract, Phase phase)
    {
        switch (phase)
        {
            case Phase.RequestHead:
                var parameters = ParameterCheck.Find(exchange, contract);
                if (parameters.Kind > ViolationKind.Undeclared)
                {
                    return parameters;
                }
                var head = BodyCheck.FindInHead(exchange, contract);
                return head.Kind >= parameters.Kind ? head : parameters;
            case Phase.RequestBody:
                return BodyCheck.FindInRequest(exchange, contract);
            default:
                return BodyCheck.FindInResponse(exchange, contract, null);
        }
    }

    private static Reason ReasonOf(ViolationKind kind, Phase phase) =>
        kind switch
        {
            ViolationKind.Undeclared => Undeclared,
            _ when phase == Phase.ResponseBody => Response,
            ViolationKind.MediaType => MediaType,
            ViolationKind.Body => RequestBody,
            _ => Request,
        };
}

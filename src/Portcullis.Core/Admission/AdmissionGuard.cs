using Portcullis.Core.Decisions;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Admission;

/// <summary>
/// Denies anonymous callers where contract or policy asks for authentication, on any operation known to return personal data, and on any
/// answer that turns out to carry it. What strangers must reach passes within its bounds: CORS preflight, sign-in (one person an answer), guests
/// (what their own request said), signed webhooks, and operations declared public.
/// </summary>
public sealed class AdmissionGuard(GateState state) : Guard
{
    public static readonly Reason AuthenticationRequired = new(
        "admission/authentication-required",
        401,
        "Authentication is required.",
        "Contract or policy asks for authentication and the caller has none that was verified. `authentication: public` on the operation admits anonymous callers."
    )
    {
        Challenge = "Bearer",
    };

    public static readonly Reason AnonymousPersonalData = new(
        "admission/anonymous-personal-data",
        401,
        "Authentication is required.",
        "The operation returns personal data and the caller is anonymous. `authentication: public`, or listing the classes under `public`, admits them."
    )
    {
        Challenge = "Bearer",
    };

    public static readonly Reason BadSignature = new(
        "admission/webhook-signature",
        401,
        "The signature is not valid.",
        "The request's signature does not fit its body and the operation's `webhook` secret, or is too old. Compare secret, scheme and header with the sender's settings."
    );

    public override string Id => "admission";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead, Phase.RequestBody, Phase.ResponseBody];

    public override Judgement Judge(Exchange exchange, Phase phase)
    {
        if (!exchange.IsAnonymous)
        {
            return Judgement.Pass;
        }
        return phase switch
        {
            Phase.RequestHead => JudgeHead(exchange),
            Phase.RequestBody => exchange.Plan?.Webhook is { } webhook ? JudgeSignature(exchange, webhook) : Judgement.Pass,
            _ => JudgeAnswer(exchange),
        };
    }

    private Judgement JudgeHead(Exchange exchange)
    {
        // Its answer carries no data, so one that does is judged like any other.
        if (Preflight.Is(exchange))
        {
            return Judgement.Pass;
        }
        var plan = exchange.Plan;
        var word = plan?.Authentication ?? AuthenticationWord.Learned;
        var opens = word is AuthenticationWord.Public or AuthenticationWord.SignIn or AuthenticationWord.Guest;
        // An expired token must not keep its owner from signing in again, so a bad credential counts only where one is asked for.
        if (exchange.CredentialFault is { } fault && !opens)
        {
            return Judgement.Refuse(fault);
        }
        if (plan?.Webhook is { } webhook && exchange.RequestHeaders.Has(webhook.Header))
        {
            // The body decides, once it is here; one that never comes is empty.
            return HasBody(exchange) ? Judgement.Pass : JudgeSignature(exchange, webhook);
        }
        // Only the upstream can judge this credential, so it is asked; the answer is judged below.
        if (exchange.IsCredentialPending || Counts(exchange))
        {
            return Judgement.Pass;
        }
        return word switch
        {
            AuthenticationWord.Required => Judgement.Refuse(AuthenticationRequired),
            AuthenticationWord.Learned when plan is { ReturnsPersonalData: true } && !Allows(exchange) && !Asks(exchange, plan) =>
                Judgement.Refuse(AnonymousPersonalData),
            _ => Judgement.Pass,
        };
    }

    private static Judgement JudgeAnswer(Exchange exchange)
    {
        var personal = exchange.ResponseClasses & ~(exchange.Plan?.PublicClasses ?? 0);
        var isOpen = exchange.Plan?.Authentication switch
        {
            AuthenticationWord.Public => true,
            AuthenticationWord.SignIn => IsOnePerson(exchange, personal),
            AuthenticationWord.Guest => EchoedValues.Cover(exchange, personal),
            _ => false,
        };
        if (personal == 0 || isOpen)
        {
            return Judgement.Pass;
        }
        if (Counts(exchange))
        {
            return Judgement.Pass;
        }
        if (exchange.Operation is { } operation)
        {
            operation.AnonymousPersonalData = true;
        }
        return Allows(exchange) ? Judgement.Pass : Judgement.Refuse(AnonymousPersonalData);
    }

    private Judgement JudgeSignature(Exchange exchange, SignedWebhook webhook)
    {
        if (!webhook.Verify(exchange, state.Clock.WallNow))
        {
            return Judgement.Refuse(BadSignature);
        }
        WebhookCaller.Put(state, exchange);
        return state.RestrictionOf(exchange) is null ? Judgement.Pass : Judgement.Refuse(RestrictionsGuard.Restricted);
    }

    private static bool IsOnePerson(Exchange exchange, ulong personal)
    {
        var subject = default(Hashing.Key128);
        foreach (ref readonly var item in exchange.Items.Span)
        {
            if ((item.Classes & personal) == 0)
            {
                continue;
            }
            if (!subject.IsEmpty && subject != item.Subject)
            {
                return false;
            }
            subject = item.Subject;
        }
        return true;
    }

    private static bool HasBody(Exchange exchange) =>
        exchange.Method is not ("GET" or "HEAD" or "OPTIONS" or "TRACE")
        && (exchange.RequestHeaders.Get("Content-Length", out var length) == 0 || !length.AsSpan().Trim('0').IsEmpty);

    private static bool Allows(Exchange exchange) => exchange.Policy.AllowsAnonymousPersonalData;

    // What the upstream says to nobody in particular shows what its acceptance of a credential is worth. It is asked until it was seen once;
    // a person in its answer stays here all the same.
    private static bool Asks(Exchange exchange, OperationPlan plan) =>
        exchange.Method == "GET"
        && plan.InspectsResponse
        && plan.Operation is { RefusesStrangers: false, AdmitsStrangers: false }
        && exchange.Policy.Identity.AdmitsOpaqueTokens;

    // Nobody told the gateway how callers prove who they are, so it cannot refuse for want of proof without refusing every customer: what
    // leaves is counted on the caller's network and on the anonymous pool. A contract that asks for authentication is never softened.
    private static bool Counts(Exchange exchange) =>
        exchange.HasUnverifiedCredential
        && (exchange.Plan?.Authentication ?? AuthenticationWord.Learned) == AuthenticationWord.Learned
        && exchange.Policy.Identity.Unverified == UnverifiedWord.Count;
}

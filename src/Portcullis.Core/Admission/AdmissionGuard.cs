using Portcullis.Core.Decisions;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Admission;

/// <summary>
/// Denies anonymous callers where contract or policy asks for authentication, on any operation known to return personal data, and on any
/// answer that turns out to carry it. CORS preflight passes, and so do operations declared public (login, sign-up, webhooks, directories).
/// </summary>
public sealed class AdmissionGuard : Guard
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

    public override string Id => "admission";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead, Phase.ResponseBody];

    public override Judgement Judge(Exchange exchange, Phase phase)
    {
        if (!exchange.IsAnonymous || IsPreflight(exchange))
        {
            return Judgement.Pass;
        }
        var word = exchange.Plan?.Authentication ?? AuthenticationWord.Learned;
        if (phase == Phase.RequestHead)
        {
            // An expired token must not keep its owner from signing in again, so a bad credential counts only where one is asked for.
            if (exchange.CredentialFault is { } fault && word != AuthenticationWord.Public)
            {
                return Judgement.Refuse(fault);
            }
            // Only the upstream can judge this credential: it is asked, and personal data stays here unless its answer vouches.
            if (exchange.IsCredentialPending)
            {
                return Judgement.Pass;
            }
            return word switch
            {
                AuthenticationWord.Required => Judgement.Refuse(AuthenticationRequired),
                AuthenticationWord.Learned when exchange.Plan is { ReturnsPersonalData: true } && !Allows(exchange) =>
                    Judgement.Refuse(AnonymousPersonalData),
                _ => Judgement.Pass,
            };
        }
        var personal = exchange.ResponseClasses & ~(exchange.Plan?.PublicClasses ?? 0);
        if (personal == 0 || word == AuthenticationWord.Public)
        {
            return Judgement.Pass;
        }
        if (exchange.Operation is { } operation)
        {
            operation.AnonymousPersonalData = true;
        }
        return Allows(exchange) ? Judgement.Pass : Judgement.Refuse(AnonymousPersonalData);
    }

    private static bool Allows(Exchange exchange) => exchange.Policy.AllowsAnonymousPersonalData;

    // Fetch standard, CORS-preflight request: OPTIONS with both headers; it carries no credentials by design and returns no data.
    private static bool IsPreflight(Exchange exchange) =>
        exchange.Method == "OPTIONS"
        && exchange.RequestHeaders.Has("Origin")
        && exchange.RequestHeaders.Has("Access-Control-Request-Method");
}

using Portcullis.Core.Decisions;

namespace Portcullis.Core.Traffic;

/// <summary>
/// Reads target and headers in one way only, and objects to what two parsers could read differently, so that what is judged is what is
/// sent: the upstream gets the very target that was matched.
/// </summary>
public sealed class CanonicalFormGuard : Guard
{
    public static readonly Reason AmbiguousTarget = new(
        "canonical/target",
        400,
        "The request target is not well-formed.",
        "The target has dot segments, control characters, a backslash, a broken or double percent-encoding, or empty segments. Clients must send the plain path."
    );

    public static readonly Reason AmbiguousHeaders = new(
        "canonical/headers",
        400,
        "The request headers are not well-formed.",
        "A header overrides method, path or host (X-HTTP-Method-Override, X-Original-URL …), or one that must be single came twice. Remove it at the client or the proxy before this gateway."
    );

    // Frameworks that honour these would run another operation than the one judged.
    private static readonly string[] Overriding =
    [
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Original-URI",
        "X-Forwarded-Path",
    ];

    private static readonly string[] Single = ["Authorization", "Content-Type", "Content-Length", "Host", "Content-Encoding"];

    public override string Id => "canonical";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead];

    public override void Read(Exchange exchange, Phase phase) => exchange.HasCanonicalTarget = CanonicalTarget.Read(exchange);

    public override Judgement Judge(Exchange exchange, Phase phase)
    {
        if (!exchange.HasCanonicalTarget)
        {
            return Judgement.Refuse(AmbiguousTarget);
        }
        foreach (var name in Overriding)
        {
            if (exchange.RequestHeaders.Has(name))
            {
                return Judgement.Refuse(AmbiguousHeaders);
            }
        }
        foreach (var name in Single)
        {
            if (exchange.RequestHeaders.Get(name, out _) > 1)
            {
                return Judgement.Refuse(AmbiguousHeaders);
            }
        }
        return Judgement.Pass;
    }
}

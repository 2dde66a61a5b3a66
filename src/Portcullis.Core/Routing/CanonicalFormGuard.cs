using System.Collections.Frozen;
using Portcullis.Core.Decisions;
using Portcullis.Core.Json;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Routing;

/// <summary>
/// Reads target, headers and held bodies in one way only, and objects to what two parsers could read differently, so that what is judged is what is
/// sent: the upstream gets the very target that was matched.
/// </summary>
public sealed class CanonicalFormGuard : Guard
{
    public static readonly Reason AmbiguousTarget = new(
        "canonical/target",
        400,
        "The request target is not well-formed.",
        "The target has dot segments (behind encoded slashes too), control characters, a backslash, a broken or double percent-encoding, or empty segments. Clients must send the plain path."
    );

    public static readonly Reason AmbiguousHeaders = new(
        "canonical/headers",
        400,
        "The request headers are not well-formed.",
        "A header or `_method` in the query (also behind a semicolon) overrides method, path or host (X-HTTP-Method-Override, X-Original-URL …), or a header that must be single came twice. Remove it at the client or the proxy before this gateway."
    );

    public static readonly Reason AmbiguousFraming = new(
        "canonical/framing",
        400,
        "The request body is not well-formed.",
        "Two headers disagree about where the body ends (Content-Length with Transfer-Encoding), or the transfer coding is another than chunked. Clients must send one of them."
    );

    public static readonly Reason OverridingForm = new(
        "canonical/form",
        400,
        "The request body is not well-formed.",
        "A form carries `_method`, by which some frameworks run another method than the one judged, or is compressed, so that nobody can tell. Clients must send the method itself, and forms as they are."
    );

    public static readonly Reason RepeatedMember = new(
        "canonical/json",
        400,
        "The request body is not well-formed.",
        "An object of the JSON names a member twice, and of two values one parser takes the first and another the last. Clients must send each member once."
    );

    public static readonly Reason Tunnel = new(
        "canonical/tunnel",
        501,
        "This kind of connection is not served here.",
        "CONNECT opens a tunnel of which nothing can be judged. A web socket over HTTP/2 is served, as the GET that it is over HTTP/1.1."
    );

    public static readonly Reason BoundToConnection = new(
        "canonical/connection-authentication",
        400,
        "This way of signing in is not served here.",
        "NTLM and Negotiate sign in a connection, not a request, and connections to upstreams are shared by callers. Use tokens, keys or client certificates."
    );

    /// <summary>Frameworks that honour these would run another operation than the one judged.</summary>
    public static readonly FrozenSet<string> Overriding = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override",
            "X-Original-URL",
            "X-Rewrite-URL",
            "X-Original-URI",
            "X-Forwarded-Path",
            "X-HTTP-Host-Override",
        ]
    );

    private static readonly string[] Single = ["Authorization", "Content-Type", "Content-Length", "Host", "Content-Encoding"];

    public override string Id => "canonical";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead, Phase.RequestBody];

    public override void Read(Exchange exchange, Phase phase)
    {
        if (phase == Phase.RequestHead)
        {
            exchange.HasCanonicalTarget = CanonicalTarget.Read(exchange);
        }
        else
        {
            RequestJson.Read(exchange);
        }
    }

    public override Judgement Judge(Exchange exchange, Phase phase)
    {
        if (phase == Phase.RequestBody)
        {
            return MayOverride(exchange) ? Judgement.Refuse(OverridingForm)
                : exchange.RequestFault == JsonFault.DuplicateName ? Judgement.Refuse(RepeatedMember)
                : Judgement.Pass;
        }
        if (exchange.Method == "CONNECT")
        {
            return Judgement.Refuse(Tunnel);
        }
        if (!exchange.HasCanonicalTarget)
        {
            return Judgement.Refuse(AmbiguousTarget);
        }
        if (exchange.HasFramingConflict)
        {
            return Judgement.Refuse(AmbiguousFraming);
        }
        var headers = exchange.RequestHeaders;
        // One walk over the names that came costs less than a search for each that must not.
        if (headers.AnyName(IsOverriding))
        {
            return Judgement.Refuse(AmbiguousHeaders);
        }
        foreach (var name in Single)
        {
            if (headers.Get(name, out _) > 1)
            {
                return Judgement.Refuse(AmbiguousHeaders);
            }
        }
        if (OverridesMethod(exchange))
        {
            return Judgement.Refuse(AmbiguousHeaders);
        }
        headers.Get("Authorization", out var authorization);
        return SignsConnection(authorization) ? Judgement.Refuse(BoundToConnection) : Judgement.Pass;
    }

    private static bool MayOverride(Exchange exchange)
    {
        var headers = exchange.RequestHeaders;
        if (!RequestForm.IsForm(headers))
        {
            return false;
        }
        return RequestJson.HasCoding(headers) || RequestForm.OverridesMethod(exchange.RequestBody.Span);
    }

    // Rack, Symfony and Express run another method when a parameter of this name says so.
    private static bool OverridesMethod(Exchange exchange)
    {
        foreach (ref readonly var parameter in exchange.Query.Span)
        {
            if (RequestForm.NamesMethod(exchange.Target(parameter.Name)))
            {
                return true;
            }
        }
        foreach (ref readonly var name in exchange.QueryNamesBehindSemicolons.Span)
        {
            if (RequestForm.NamesMethod(exchange.Target(name)))
            {
                return true;
            }
        }
        return false;
    }

    private static bool SignsConnection(string? authorization) =>
        authorization is not null
        && (
            authorization.StartsWith("NTLM", StringComparison.OrdinalIgnoreCase)
            || authorization.StartsWith("Negotiate", StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsOverriding(string name) => Overriding.Contains(name);
}

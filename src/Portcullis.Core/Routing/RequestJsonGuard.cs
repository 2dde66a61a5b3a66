using Portcullis.Core.Decisions;
using Portcullis.Core.Json;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Routing;

/// <summary>
/// Refuses held JSON that this gate cannot read and a lenient parser may. It stands after the contract, which names a broken body more closely.
/// </summary>
public sealed class RequestJsonGuard : Guard
{
    public static readonly Reason Unreadable = new(
        "json/text",
        400,
        "The request body is not well-formed JSON in UTF-8.",
        "The body is cut off, not JSON, not UTF-8, begins with a byte order mark, has half a surrogate pair, is nested deeper than 128 or has more than two million values. Parsers differ about such text, so that nobody can tell what the API would read. Clients must send JSON as RFC 8259 has it."
    );

    public static readonly Reason Coded = new(
        "json/coding",
        415,
        "JSON must be sent as UTF-8 and without a content coding.",
        "The body is called JSON and has a charset other than UTF-8 or a Content-Encoding, so that guards that asked for it cannot read it. Clients must send it uncompressed, in UTF-8."
    );

    public override string Id => "json";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestBody];

    public override Judgement Judge(Exchange exchange, Phase phase) =>
        RequestJson.IsCoded(exchange) ? Judgement.Refuse(Coded)
        : exchange.RequestFault is not (JsonFault.None or JsonFault.DuplicateName) ? Judgement.Refuse(Unreadable)
        : Judgement.Pass;
}

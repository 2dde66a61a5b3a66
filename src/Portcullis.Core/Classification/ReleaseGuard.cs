using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>
/// Chooses at the response head how an answer leaves: held and measured, exempt, or unmeasured. An unmeasured release follows the
/// policy's word and is journalled before its first byte.
/// </summary>
public sealed class ReleaseGuard : Guard
{
    public static readonly Reason Unmeasured = new(
        "release/unmeasured",
        502,
        "The answer could not be checked and was withheld.",
        "The answer cannot be read (coding, charset, media type, partial, stream, or over `hold.perBody`) and the operation's `unmeasured` word refuses it. "
            + "`unmeasured: allow` on the operation lets such answers pass, listed in `portcullis status`."
    );

    public override string Id => "release";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.ResponseHead];

    public override void Read(Exchange exchange, Phase phase)
    {
        if (exchange.Unreadable == UnreadableCause.None)
        {
            exchange.Unreadable = ResponseHead.CauseOf(exchange);
        }
    }

    public override Judgement Judge(Exchange exchange, Phase phase)
    {
        if (exchange.Plan is { InspectsResponse: false })
        {
            exchange.Release = ReleaseKind.Exempt;
            return Judgement.Pass;
        }
        if (exchange.Unreadable == UnreadableCause.None)
        {
            exchange.Release = ReleaseKind.Measured;
            return Judgement.Pass;
        }
        exchange.Release = ReleaseKind.Unmeasured;
        var word = exchange.Plan?.Unmeasured ?? UnmeasuredWord.RefusePersonal;
        var refuses =
            word == UnmeasuredWord.Refuse
            || (word == UnmeasuredWord.RefusePersonal && exchange.Plan?.JudgesContent(exchange) == true);
        return refuses ? Judgement.Refuse(Unmeasured) : Judgement.Pass;
    }
}

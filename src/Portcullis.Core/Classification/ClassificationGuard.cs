using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Finds the data classes, subjects and items of an answer.</summary>
public sealed class ClassificationGuard(GateState state) : Guard
{
    public static readonly Reason SecretLeaves = new(
        "classification/secret",
        403,
        "Part of the answer was withheld.",
        "The answer carries a password hash or private key, which is masked. Remove the field from the API, or list its data class under `public` of the operation."
    );

    public static readonly Reason Unreadable = new(
        "classification/unreadable",
        502,
        "The answer could not be checked.",
        "The answer is not what its Content-Type says, not UTF-8, or nested too deep. Correct the API, or set `unmeasured: allow` on the operation."
    );

    [ThreadStatic]
    private static AnswerReading? _reading;

    internal const string Name = "classification";

    public override string Id => Name;

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.ResponseBody];

    public override void Read(Exchange exchange, Phase phase)
    {
        exchange.Items.Clear();
        exchange.Values.Clear();
        exchange.Aliases.Clear();
        exchange.PersonalHeaders.Clear();
        exchange.ResponseClasses = 0;
        if (exchange.Plan is { InspectsResponse: false })
        {
            return;
        }
        (_reading ??= new AnswerReading()).Read(exchange, state);
    }

    public override Judgement Judge(Exchange exchange, Phase phase)
    {
        exchange.Operation?.Learn(exchange.ResponseClasses);
        if (exchange.ResponseKind is BodyKind.Malformed or BodyKind.Opaque && exchange.Release == ReleaseKind.Measured)
        {
            return JudgeUnreadable(exchange);
        }
        return (exchange.ResponseClasses & DataClasses.NeverLeaving) != 0 ? Judgement.Mask(SecretLeaves) : Judgement.Pass;
    }

    private static Judgement JudgeUnreadable(Exchange exchange)
    {
        if (exchange.ResponseKind == BodyKind.Opaque)
        {
            exchange.Release = ReleaseKind.Unmeasured;
        }
        var word = exchange.Plan?.Unmeasured ?? UnmeasuredWord.RefusePersonal;
        var decides = exchange.ResponseClasses != 0 || exchange.Plan?.JudgesContent(exchange) == true;
        if (word == UnmeasuredWord.Refuse || (word == UnmeasuredWord.RefusePersonal && decides))
        {
            return Judgement.Refuse(Unreadable);
        }
        exchange.Release = ReleaseKind.Unmeasured;
        return Judgement.Observe(Unreadable);
    }
}

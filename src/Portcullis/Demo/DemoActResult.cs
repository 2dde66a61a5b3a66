namespace Portcullis.Demo;

/// <summary>One act: the same cast against the gateway in one mode.</summary>
internal sealed record DemoActResult
{
    /// <summary><c>monitor</c> or <c>enforce</c>.</summary>
    public required string Mode { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<DemoPoint> Curve { get; init; }

    public required IReadOnlyList<DemoActorResult> Actors { get; init; }

    public int Lost => Actors.Sum(actor => actor.Lost);

    public int AttackRequests => Actors.Where(actor => actor.IsAttacker).Sum(actor => actor.Sent);

    public int HonestRequests => Actors.Where(actor => !actor.IsAttacker).Sum(actor => actor.Sent);

    public int HonestRefused => Actors.Where(actor => !actor.IsAttacker).Sum(actor => actor.Refused);
}

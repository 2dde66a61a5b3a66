namespace Portcullis.Core.Decisions;

/// <summary>What one guard says of one phase: pass, a verdict with its reason, or a need the adapter must fill first.</summary>
public readonly record struct Judgement
{
    /// <summary>Nothing to object.</summary>
    public static readonly Judgement Pass;

    private Judgement(VerdictKind kind, Reason? reason, Need? need, int retryAfterSeconds)
    {
        Kind = kind;
        Reason = reason;
        Need = need;
        RetryAfterSeconds = retryAfterSeconds;
    }

    public VerdictKind Kind { get; }

    /// <summary>Which rule spoke; null when <see cref="Kind"/> is Allow.</summary>
    public Reason? Reason { get; }

    /// <summary>What the adapter must fetch before this phase is entered again; null mostly.</summary>
    public Need? Need { get; }

    /// <summary>Seconds for a Retry-After header; 0 sends none.</summary>
    public int RetryAfterSeconds { get; }

    public static Judgement Refuse(Reason reason, int retryAfterSeconds = 0) =>
        new(VerdictKind.Refuse, reason, null, retryAfterSeconds);

    public static Judgement Throttle(Reason reason, int retryAfterSeconds) =>
        new(VerdictKind.Throttle, reason, null, retryAfterSeconds);

    public static Judgement Mask(Reason reason) => new(VerdictKind.Mask, reason, null, 0);

    public static Judgement Clip(Reason reason) => new(VerdictKind.Clip, reason, null, 0);

    public static Judgement Observe(Reason reason) => new(VerdictKind.Observe, reason, null, 0);

    public static Judgement Wait(Need need) => new(VerdictKind.Allow, null, need, 0);
}

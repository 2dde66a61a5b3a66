namespace Portcullis.Analysis.Readiness;

/// <summary>What to do about one operation.</summary>
public enum Advice
{
    /// <summary>Too little was seen to say.</summary>
    Wait = 0,

    /// <summary>Something would have been refused: look at it first.</summary>
    Look = 1,

    /// <summary>Nothing, or next to nothing, would have been refused.</summary>
    Promote = 2,

    /// <summary>Enforces already.</summary>
    Enforced = 3,

    /// <summary>A few come without any credential to where all others show one: enforcing stops exactly those.</summary>
    Close = 4,
}

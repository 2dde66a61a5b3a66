namespace Portcullis.Core.Decisions;

/// <summary>What is done with an exchange, from mildest to hardest.</summary>
public enum VerdictKind : byte
{
    Allow = 0,
    Observe = 1,
    Mask = 2,
    Clip = 3,
    Throttle = 4,
    Refuse = 5,
}

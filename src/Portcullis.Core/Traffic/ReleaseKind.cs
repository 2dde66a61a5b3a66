namespace Portcullis.Core.Traffic;

/// <summary>How an answer leaves: chosen at the response head.</summary>
public enum ReleaseKind : byte
{
    /// <summary>Held, read and judged whole.</summary>
    Measured = 0,

    /// <summary>Cannot be read (stream, unknown coding, over the cap); let pass by the policy's word and journalled first.</summary>
    Unmeasured = 1,

    /// <summary>Needs no reading: no body, or an operation whose answers policy exempts.</summary>
    Exempt = 2,
}

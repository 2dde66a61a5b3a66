namespace Portcullis.Core.Contracts.Checks;

/// <summary>What a <see cref="Violation"/> is about, from mildest to hardest.</summary>
internal enum ViolationKind : byte
{
    None = 0,

    /// <summary>Something the contract does not mention and does not forbid: only recorded.</summary>
    Undeclared,
    Parameter,
    Status,
    MediaType,

    /// <summary>The body is no JSON that can be read in one way only.</summary>
    Malformed,
    Body,
}

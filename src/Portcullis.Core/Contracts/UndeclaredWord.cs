namespace Portcullis.Core.Contracts;

/// <summary>What becomes of fields of an answer that the contract does not declare.</summary>
public enum UndeclaredWord : byte
{
    /// <summary>They are recorded.</summary>
    Observe = 0,

    /// <summary>They are cut out of the answer.</summary>
    Drop = 1,

    /// <summary>The answer is refused.</summary>
    Refuse = 2,
}

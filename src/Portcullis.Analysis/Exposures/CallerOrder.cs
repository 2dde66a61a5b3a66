namespace Portcullis.Analysis.Exposures;

/// <summary>What puts a caller first in a list.</summary>
public enum CallerOrder
{
    /// <summary>Most distinct people received.</summary>
    People = 0,

    /// <summary>Most exchanges.</summary>
    Exchanges = 1,

    /// <summary>Most refusals, would-be ones included.</summary>
    Refused = 2,

    /// <summary>Latest exchange.</summary>
    Latest = 3,
}

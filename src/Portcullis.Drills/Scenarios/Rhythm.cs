namespace Portcullis.Drills.Scenarios;

/// <summary>How a role's requests spread over the day.</summary>
public enum Rhythm
{
    /// <summary>People: little at night, most in the evening.</summary>
    Day,

    /// <summary>Office hours.</summary>
    Business,

    /// <summary>Machines: much in the early morning, some always.</summary>
    Batch,
}

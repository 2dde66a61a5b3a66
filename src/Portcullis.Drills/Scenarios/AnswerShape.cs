namespace Portcullis.Drills.Scenarios;

/// <summary>What an operation of the simulated upstream answers.</summary>
public enum AnswerShape
{
    /// <summary>One person's record, or 404.</summary>
    Record,

    /// <summary>A list of zero or more records.</summary>
    List,

    /// <summary>A fixed document without a person.</summary>
    Document,
}

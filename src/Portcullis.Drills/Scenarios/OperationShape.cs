namespace Portcullis.Drills.Scenarios;

/// <summary>An operation of the simulated upstream.</summary>
public sealed record OperationShape
{
    public required string Name { get; init; }

    public required string Method { get; init; }

    /// <summary>Target with at most one <c>{name}</c> where the person's value stands, in path or query.</summary>
    public required string Target { get; init; }

    /// <summary>Host it is called on.</summary>
    public required string Host { get; init; }

    /// <summary>By which values a person is found; the first is what honest callers use.</summary>
    public required PersonValue[] Finds { get; init; }

    /// <summary>JSON field of the request body that holds the value; null when it stands in the target.</summary>
    public string? BodyField { get; init; }

    /// <summary>Request body sent as it is; null for none.</summary>
    public string? Body { get; init; }

    public required AnswerShape Answers { get; init; }

    /// <summary>JSON field names of a record, and the value under each.</summary>
    public required KeyValuePair<string, PersonValue>[] Fields { get; init; }

    /// <summary>The fixed document, when it answers one.</summary>
    public string? Document { get; init; }

    public required UpstreamCheck Checks { get; init; }

    /// <summary>Whether a request has a place where the person's value stands.</summary>
    public bool HasPlace => BodyField is not null || Target.IndexOf('{') is var open and >= 0 && Target.IndexOf('}') > open;
}

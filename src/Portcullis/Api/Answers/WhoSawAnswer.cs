namespace Portcullis.Api.Answers;

/// <summary>Who received a person's record.</summary>
/// <param name="ReadAs">Kinds of identifier the text was looked up as.</param>
/// <param name="Callers">Distinct callers among the exposures.</param>
/// <param name="Exposures">Newest first.</param>
internal sealed record WhoSawAnswer(IReadOnlyList<string> ReadAs, int Callers, IReadOnlyList<SightingAnswer> Exposures)
{
    /// <summary>True when there are more than were asked for.</summary>
    public bool IsCut { get; init; }
}

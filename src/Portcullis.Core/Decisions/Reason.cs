namespace Portcullis.Core.Decisions;

/// <summary>A rule by which a guard objects: fixed at start, shared by all exchanges, so that naming it costs nothing.</summary>
/// <param name="Id">Stable id, <c>guard/rule</c>, for example <c>exposure/caller-budget</c>; listed in the catalog.</param>
/// <param name="Status">HTTP status of a refusal, 400–599.</param>
/// <param name="Title">What the caller is told: one sentence that helps no attacker.</param>
/// <param name="Explanation">What operators are told: why, and the smallest change that would let it pass.</param>
public sealed record Reason(string Id, int Status, string Title, string Explanation)
{
    /// <summary>Value of a WWW-Authenticate header sent with the refusal; null sends none.</summary>
    public string? Challenge { get; init; }

    public override string ToString() => Id;
}

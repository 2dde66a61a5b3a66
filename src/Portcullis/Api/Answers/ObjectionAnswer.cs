namespace Portcullis.Api.Answers;

/// <summary>How often one rule would have stopped something.</summary>
/// <param name="Reason">Id of the rule.</param>
/// <param name="Exchanges">How many exchanges.</param>
/// <param name="Callers">How many callers.</param>
/// <param name="ShareOfCallers">Of all callers of the operation, 0 to 1.</param>
internal sealed record ObjectionAnswer(string Reason, long Exchanges, long Callers, double ShareOfCallers);

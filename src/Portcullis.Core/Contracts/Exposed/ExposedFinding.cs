namespace Portcullis.Core.Contracts.Exposed;

/// <summary>A breach of the catalogue that fits one operation of a contract.</summary>
/// <param name="PatternId">Which <see cref="ExposurePattern"/>.</param>
/// <param name="Breach">The incidents that went this way.</param>
/// <param name="OperationId"><c>METHOD /template</c>.</param>
/// <param name="Why">What in the contract makes it fit.</param>
/// <param name="PolicyLine">The one line of policy that stops it.</param>
public sealed record ExposedFinding(string PatternId, string Breach, string OperationId, string Why, string PolicyLine);

namespace Portcullis.Core.Expressions;

/// <summary>What is wrong with an expression.</summary>
/// <param name="Position">0-based character at which it was noticed; the length of the text for its end.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ExpressionError(int Position, string Message, string Remedy);

namespace Portcullis.Core.Contracts.Checks;

/// <summary>One declared answer.</summary>
/// <param name="Status">The status, or its first digit for a range such as 2XX, or 0 for the default.</param>
/// <param name="Bodies">Declared media types; empty when no body is declared.</param>
internal sealed record ResponsePlan(int Status, BodyPlan[] Bodies);

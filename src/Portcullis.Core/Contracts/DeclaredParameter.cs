namespace Portcullis.Core.Contracts;

/// <summary>What a contract says of one parameter, for those who judge the API rather than a request.</summary>
/// <param name="Name">As declared.</param>
/// <param name="In"><c>path</c>, <c>query</c>, <c>header</c> or <c>cookie</c>.</param>
/// <param name="IsNumeric">True for integers and numbers.</param>
/// <param name="Format">As declared, lower case; empty without.</param>
/// <param name="HasCeiling">True when a maximum, an enum or a longest length is declared.</param>
public sealed record DeclaredParameter(string Name, string In, bool IsNumeric, string Format, bool HasCeiling);

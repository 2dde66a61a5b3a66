namespace Portcullis.Api.Answers;

/// <summary>The hash a caller is known by.</summary>
/// <param name="Caller">32 hexadecimal digits.</param>
/// <param name="IsKnown">False when no exchange of such a caller is remembered.</param>
internal sealed record CallerNameAnswer(string Caller, bool IsKnown);

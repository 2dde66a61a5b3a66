namespace Portcullis.Sample.Telecom;

/// <summary>What a login answers.</summary>
internal sealed record Token(string AccessToken, string TokenType, int ExpiresIn);

namespace Portcullis.Sample.Telecom;

/// <summary>Whom a valid token names.</summary>
public sealed record TokenHolder(string Subject, string Role);

namespace Portcullis.Sample.Telecom;

/// <summary>A customer's new e-mail address.</summary>
internal sealed record ContactChange(string? Email);

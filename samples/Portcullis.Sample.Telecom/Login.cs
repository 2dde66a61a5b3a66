namespace Portcullis.Sample.Telecom;

/// <summary>A customer's e-mail address, or a staff or partner name, and its password.</summary>
internal sealed record Login(string? User, string? Password);

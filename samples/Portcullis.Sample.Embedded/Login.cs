namespace Portcullis.Sample.Embedded;

/// <summary>What a customer signs in with.</summary>
public sealed record Login(string Customer, string Password);

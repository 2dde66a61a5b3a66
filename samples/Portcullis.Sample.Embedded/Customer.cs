namespace Portcullis.Sample.Embedded;

/// <summary>A made-up person.</summary>
public sealed record Customer(string CustomerId, string Name, string Email, string Phone, string BirthDate);

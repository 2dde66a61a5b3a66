namespace Portcullis.Sample.Telecom;

/// <summary>Where a customer's bills go.</summary>
public sealed record Address(string Street, string City, string PostalCode, string State);

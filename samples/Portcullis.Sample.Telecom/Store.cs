namespace Portcullis.Sample.Telecom;

/// <summary>A shop with its public contact data.</summary>
internal sealed record Store(string Id, string City, string Street, string Phone, string Email);

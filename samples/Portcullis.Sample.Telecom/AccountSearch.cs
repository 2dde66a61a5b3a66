namespace Portcullis.Sample.Telecom;

/// <summary>Asks for the account of a phone number.</summary>
internal sealed record AccountSearch(string? Msisdn);

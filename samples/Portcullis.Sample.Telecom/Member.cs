namespace Portcullis.Sample.Telecom;

/// <summary>What the community pages show of a customer.</summary>
internal sealed record Member(string Id, string Username, string FullName);

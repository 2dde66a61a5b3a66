namespace Portcullis.Sample.Telecom;

/// <summary>One page of the list of accounts.</summary>
internal sealed record AccountPage(int Page, int Total, IReadOnlyList<Customer> Items);

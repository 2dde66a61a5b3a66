namespace Portcullis.Sample.Telecom;

/// <summary>One customer of the sample operator; every value is made up.</summary>
public sealed record Customer
{
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required DateOnly BirthDate { get; init; }

    public required string Email { get; init; }

    /// <summary>E.164 with plus sign.</summary>
    public required string Phone { get; init; }

    public required string Imsi { get; init; }

    public required Address BillingAddress { get; init; }

    public required string Plan { get; init; }

    public required int Lines { get; init; }

    public required string Status { get; init; }
}

namespace Portcullis.Drills.Scenarios;

/// <summary>A value that belongs to one simulated person.</summary>
public enum PersonValue
{
    Account,
    Phone,
    Msisdn,
    Email,
    Name,
    BirthDate,
    Street,
    City,
    PostalCode,
    Imsi,
    Document,
    Member,
    Username,
    Plan,
    Lines,
}

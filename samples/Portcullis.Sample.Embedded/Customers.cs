namespace Portcullis.Sample.Embedded;

/// <summary>Everybody the API knows.</summary>
public sealed class Customers
{
    private readonly Customer[] _all =
    [
        new("C-1001", "Alexandra Montgomery", "alexandra.montgomery@mail.example", "+14255550101", "1978-09-07"),
        new("C-1002", "Bertram Okafor", "bertram.okafor@mail.example", "+14255550102", "1985-01-23"),
        new("C-1003", "Carmen Lindqvist", "carmen.lindqvist@mail.example", "+14255550103", "1991-11-30"),
    ];

    public Customer? Find(string customerId) => _all.FirstOrDefault(customer => customer.CustomerId == customerId);

    public Customer? ByPhone(string phone) => _all.FirstOrDefault(customer => customer.Phone == phone);
}

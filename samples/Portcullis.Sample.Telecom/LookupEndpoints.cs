namespace Portcullis.Sample.Telecom;

/// <summary>
/// Look-ups left open. The first is made for handsets and asks for no token at all; the second takes an e-mail address where a member id
/// belongs, and so tells anyone whose address it is.
/// </summary>
internal static class LookupEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/wsg/customers/{msisdn}", ByPhone);
        app.MapGet("/members/{id}", Member);
    }

    private static IResult ByPhone(string msisdn, Population population) =>
        population.ByPhone(msisdn) is { } customer ? Results.Json(customer, TelecomJson.Default.Customer) : Results.NotFound();

    private static IResult Member(string id, Population population)
    {
        var customer =
            id.Contains('@') ? population.ByEmail(id)
            : id.StartsWith('m') ? population.ByAccount(id[1..])
            : null;
        return customer is null
            ? Results.NotFound()
            : Results.Json(
                new Member("m" + customer.AccountId, customer.Email.Split('@')[0], customer.Name),
                TelecomJson.Default.Member
            );
    }
}

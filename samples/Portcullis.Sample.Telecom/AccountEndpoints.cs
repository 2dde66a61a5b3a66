using System.Text.Json;

namespace Portcullis.Sample.Telecom;

/// <summary>
/// Accounts. The hole: a token is asked for, but nobody compares whom it names with whose account is read.
/// </summary>
internal static class AccountEndpoints
{
    private const int LargestPage = 100;

    public static void Map(WebApplication app)
    {
        app.MapGet("/me", Me);
        app.MapGet("/accounts", List);
        app.MapGet("/accounts/{accountId}", Get);
        app.MapPost("/accounts/search", Search);
        app.MapPut("/accounts/{accountId}/contact", ChangeContact);
        app.MapGet("/accounts/{accountId}/usage", Usage);
    }

    private static async Task<IResult> Me(HttpRequest request, Population population, TokenIssuer tokens) =>
        await tokens.HolderAsync(request) is not { } holder
            ? Results.Unauthorized()
            : Found(population.ByAccount(holder.Subject));

    private static async Task<IResult> Get(string accountId, HttpRequest request, Population population, TokenIssuer tokens) =>
        await tokens.HolderAsync(request) is null ? Results.Unauthorized() : Found(population.ByAccount(accountId));

    private static async Task<IResult> Search(
        AccountSearch search,
        HttpRequest request,
        Population population,
        TokenIssuer tokens
    ) =>
        await tokens.HolderAsync(request) is null ? Results.Unauthorized()
        : search.Msisdn is { } phone ? Found(population.ByPhone(phone))
        : Results.BadRequest();

    private static async Task<IResult> List(
        HttpRequest request,
        Population population,
        TokenIssuer tokens,
        int page = 0,
        int size = 20
    )
    {
        if (await tokens.HolderAsync(request) is not { Role: "agent" or "partner" })
        {
            return Results.Unauthorized();
        }
        if (page < 0 || size is < 1 or > LargestPage)
        {
            return Results.BadRequest();
        }
        var first = (long)page * size;
        var items = Enumerable.Range(0, size).Select(i => first + i).Where(number => number < population.Count);
        return Results.Json(
            new AccountPage(page, population.Count, [.. items.Select(number => population.At((int)number))]),
            TelecomJson.Default.AccountPage
        );
    }

    private static async Task<IResult> ChangeContact(
        string accountId,
        ContactChange change,
        HttpRequest request,
        Population population,
        TokenIssuer tokens
    )
    {
        if (await tokens.HolderAsync(request) is null)
        {
            return Results.Unauthorized();
        }
        return change.Email is { } email && population.ByAccount(accountId) is { } customer
            ? Results.Json(customer with { Email = email }, TelecomJson.Default.Customer)
            : Results.NotFound();
    }

    /// <summary>Thirty days, one JSON object a line, written as they are computed.</summary>
    private static async Task Usage(string accountId, HttpContext context, Population population, TokenIssuer tokens)
    {
        if (await tokens.HolderAsync(context.Request) is not { } holder || population.ByAccount(accountId) is not { } customer)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        if (holder.Subject != customer.AccountId)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        context.Response.ContentType = "application/x-ndjson";
        for (var day = 1; day <= 30; day++)
        {
            var entry = new UsageEntry(customer.AccountId, new DateOnly(2026, 1, day), day * 97 % 900, day * 31 % 120);
            await context.Response.WriteAsync(JsonSerializer.Serialize(entry, TelecomJson.Default.UsageEntry) + "\n");
            await context.Response.Body.FlushAsync();
        }
    }

    private static IResult Found(Customer? customer) =>
        customer is null ? Results.NotFound() : Results.Json(customer, TelecomJson.Default.Customer);
}

namespace Portcullis.Sample.Telecom;

/// <summary>Where tokens come from.</summary>
internal static class LoginEndpoints
{
    public static void Map(WebApplication app) => app.MapPost("/login", LogIn);

    // Staff and partners are named agent-7 or partner-acme; their password is pass- and the name.
    private static IResult LogIn(Login login, Population population, TokenIssuer tokens)
    {
        if (login is not { User: { } user, Password: { } password })
        {
            return Results.BadRequest();
        }
        if (population.ByEmail(user) is { } customer)
        {
            return password == Population.PasswordOf(customer)
                ? Answer(tokens.Issue(customer.AccountId, "consumer"))
                : Results.Unauthorized();
        }
        var role = user.Split('-')[0];
        return role is "agent" or "partner" && password == $"pass-{user}"
            ? Answer(tokens.Issue(user, role))
            : Results.Unauthorized();
    }

    private static IResult Answer(string token) => Results.Json(new Token(token, "Bearer", 3600), TelecomJson.Default.Token);
}

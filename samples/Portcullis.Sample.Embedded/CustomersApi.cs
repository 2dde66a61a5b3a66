using Portcullis.AspNetCore;

namespace Portcullis.Sample.Embedded;

/// <summary>The application: three routes, and in front of them the gate.</summary>
public static class CustomersApi
{
    private static readonly string Policy = Path.Combine(AppContext.BaseDirectory, "policy");

    /// <param name="args">As for every ASP.NET Core application, for example <c>--urls http://127.0.0.1:5010</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddPortcullis(options => options.PolicyFile = Path.Combine(Policy, "portcullis.yaml"));
        builder.Services.AddSingleton<Customers>();
        builder.Services.AddSingleton(
            new TokenIssuer(File.ReadAllText(Path.Combine(Policy, "dev-signing-key.txt")).TrimEnd(), TimeProvider.System)
        );
        var app = builder.Build();
        app.UsePortcullis();
        app.UseRouting();
        app.MapPost("/login", LogIn);
        app.MapGet("/customers/search", Search);
        app.MapGet("/customers/{customerId}", Get);
        return app;
    }

    private static IResult LogIn(Login login, Customers customers, TokenIssuer tokens) =>
        customers.Find(login.Customer) is { } customer && login.Password == $"pass-{customer.CustomerId}"
            ? Results.Ok(new { token = tokens.Issue(customer.CustomerId) })
            : Results.Unauthorized();

    // Neither of these asks who is asking: that is what the gate is for.
    private static IResult Get(string customerId, Customers customers) => Found(customers.Find(customerId));

    private static IResult Search(string phone, Customers customers) => Found(customers.ByPhone(phone));

    private static IResult Found(Customer? customer) => customer is null ? Results.NotFound() : Results.Ok(customer);
}

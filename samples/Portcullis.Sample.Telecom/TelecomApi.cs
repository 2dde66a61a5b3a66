using System.Text.Json.Serialization.Metadata;

namespace Portcullis.Sample.Telecom;

/// <summary>The API: customers, their accounts, and the ways in that were left open.</summary>
public static class TelecomApi
{
    /// <summary>Ready to start; logs nothing.</summary>
    public static WebApplication Build(TelecomOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Listen.ToString());
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolver = JsonTypeInfoResolver.Combine(
                TelecomJson.Default,
                new DefaultJsonTypeInfoResolver()
            )
        );
        builder.Services.AddSingleton(new Population(options.Customers));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<TokenIssuer>();
        var app = builder.Build();
        LoginEndpoints.Map(app);
        AccountEndpoints.Map(app);
        LookupEndpoints.Map(app);
        PublicEndpoints.Map(app);
        return app;
    }
}

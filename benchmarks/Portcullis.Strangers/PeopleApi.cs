using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Portcullis.Strangers;

/// <summary>An API that hands a person's record to whoever asks.</summary>
internal sealed class PeopleApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PeopleApi(WebApplication app) => _app = app;

    public string Address =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<PeopleApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context =>
        {
            var id = context.Request.Path.Value!.AsSpan("/people/".Length);
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(
                $$"""{"customerId":"{{id}}","name":"Alexandra Montgomery","email":"a{{id}}@mail.example","birthDate":"1978-09-07"}"""
            );
        });
        await app.StartAsync();
        return new PeopleApi(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

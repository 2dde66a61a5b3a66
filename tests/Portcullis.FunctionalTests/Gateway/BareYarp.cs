using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>YARP with nothing in front, for comparing answers.</summary>
internal sealed class BareYarp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BareYarp(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<BareYarp> StartAsync(Uri upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        app.MapForwarder("/{**rest}", upstream.ToString());
        await app.StartAsync();
        return new BareYarp(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}

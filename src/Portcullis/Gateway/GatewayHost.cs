using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;
using Portcullis.AspNetCore;
using Portcullis.Core;
using Yarp.ReverseProxy.Forwarder;

namespace Portcullis.Gateway;

/// <summary>The gateway as two servers: one for callers with the gate in front of the forwarder, one for health checks and operators.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _public;
    private readonly WebApplication _admin;

    private GatewayHost(WebApplication publicServer, WebApplication adminServer)
    {
        _public = publicServer;
        _admin = adminServer;
    }

    /// <summary>Addresses callers can connect to, with the ports really bound.</summary>
    public IReadOnlyCollection<string> Addresses => AddressesOf(_public);

    /// <summary>Address of the admin server.</summary>
    public string AdminAddress => AddressesOf(_admin).First();

    /// <summary>Completes when the process is asked to stop.</summary>
    public CancellationToken Stopping => _public.Lifetime.ApplicationStopping;

    /// <summary>The live gate's services, for the admin API.</summary>
    public IServiceProvider Services => _public.Services;

    /// <summary>Builds both servers and starts listening.</summary>
    /// <param name="settings">Where to listen.</param>
    /// <param name="state">Restored state with the policy in force.</param>
    /// <param name="mapAdmin">Adds the admin API's routes.</param>
    public static async Task<GatewayHost> StartAsync(
        GatewaySettings settings,
        GateState state,
        Action<WebApplication, IServiceProvider> mapAdmin
    )
    {
        var certificate = settings.CertificateFile is { } file
            ? new ServerCertificate(file, settings.KeyFile ?? file, settings.Say, TimeProvider.System)
            : null;
        var publicServer = BuildPublic(settings, state, certificate);
        var adminServer = BuildAdmin(settings, certificate);
        var ready = new Readiness();
        MapHealth(adminServer, ready);
        mapAdmin(adminServer, publicServer.Services);
        publicServer.Lifetime.ApplicationStopping.Register(() => ready.IsReady = false);
        try
        {
            await ListenAsync(adminServer, [settings.Admin]);
            await ListenAsync(publicServer, settings.Listen);
        }
        catch
        {
            await publicServer.DisposeAsync();
            await adminServer.DisposeAsync();
            throw;
        }
        ready.IsReady = true;
        return new GatewayHost(publicServer, adminServer);
    }

    /// <summary>Waits until asked to stop, then drains.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Stopping.Register(() => stopped.TrySetResult());
        await using var cancelled = cancellation.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    public async ValueTask DisposeAsync()
    {
        // Requests in flight end before anything they need is taken away.
        await _public.StopAsync();
        await _public.DisposeAsync();
        await _admin.StopAsync();
        await _admin.DisposeAsync();
    }

    private static async Task ListenAsync(WebApplication server, IReadOnlyList<Uri> addresses)
    {
        try
        {
            await server.StartAsync();
        }
        catch (SocketException fault)
        {
            // An address in use is reported with its name, one that is not this machine's or not this user's is not.
            throw new IOException($"Cannot listen on {string.Join(", ", addresses)}: {fault.Message}.", fault);
        }
    }

    private static WebApplication BuildPublic(GatewaySettings settings, GateState state, ServerCertificate? certificate)
    {
        var builder = NewBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Endpoints.Harden(kestrel);
            foreach (var address in settings.Listen)
            {
                Endpoints.Bind(kestrel, address, certificate);
            }
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainTimeout);
        builder.Services.AddHttpForwarder();
        builder.Services.AddPortcullis(state);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<UpstreamForwarder>();
        var app = builder.Build();
        app.UsePortcullis();
        var forwarder = app.Services.GetRequiredService<UpstreamForwarder>();
        app.Run(forwarder.ForwardAsync);
        return app;
    }

    private static WebApplication BuildAdmin(GatewaySettings settings, ServerCertificate? certificate)
    {
        var builder = NewBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Endpoints.Harden(kestrel);
            Endpoints.Bind(kestrel, settings.Admin, certificate);
        });
        return builder.Build();
    }

    private static WebApplicationBuilder NewBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                // Else the host watches the whole tree below the current folder for an appsettings.json, and every record of a journal
                // that lies there wakes the watcher.
                Args = ["--hostBuilder:reloadConfigOnChange=false"],
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = "Production",
            }
        );
        // Only the product's own settings count: no ambient ASPNETCORE_URLS, no appsettings.json of a stranger's folder.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        // To standard error: standard output belongs to the command's answer.
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The forwarder reports every withheld answer and every client that leaves as a warning; the journal has them.
        builder.Logging.AddFilter("Yarp.ReverseProxy", LogLevel.Error);
        // What keeps a server from starting is said once, in a sentence, by whoever started it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // A logger here makes the server start an activity per request, and with it trace headers that the client never sent.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        return builder;
    }

    private static void MapHealth(WebApplication admin, Readiness ready)
    {
        admin.MapGet("/healthz", () => Results.Text("ok"));
        admin.MapGet("/readyz", () => ready.IsReady ? Results.Text("ready") : Results.Text("not ready", statusCode: 503));
    }

    private static string[] AddressesOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.ToArray() ?? [];

    private sealed class Readiness
    {
        public volatile bool IsReady;
    }
}

using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Portcullis.Drills.Simulator;

namespace Portcullis.Wire;

/// <summary>The drill's API as a server on a loopback port: reads real requests, answers what the simulated upstream answers.</summary>
internal sealed class DrillServer : IDisposable
{
    private readonly WebApplication _app;
    private readonly SampleUpstream _upstream;
    private readonly VirtualClock _clock;
    private readonly Lock _turn = new();
    private readonly SimulatedRequest _request = new();
    private readonly SimulatedAnswer _answer = new();
    private byte[]? _served;

    private DrillServer(SampleUpstream upstream, VirtualClock clock)
    {
        _upstream = upstream;
        _clock = clock;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    public Uri Address =>
        new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static DrillServer Start(SampleUpstream upstream, VirtualClock clock)
    {
        var server = new DrillServer(upstream, clock);
        server._app.StartAsync().GetAwaiter().GetResult();
        return server;
    }

    /// <summary>The last body served since this was asked, or null: what a client would have got without a gateway.</summary>
    public byte[]? TakeServed() => Interlocked.Exchange(ref _served, null);

    public void Dispose()
    {
        _app.StopAsync().GetAwaiter().GetResult();
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var received = new MemoryStream();
        await context.Request.Body.CopyToAsync(received, context.RequestAborted);
        var (status, type, body) = Answer(context, received.ToArray());
        Interlocked.Exchange(ref _served, body);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    // The simulated upstream answers one request at a time, into memory that the next one overwrites.
    private (int Status, string Type, byte[] Body) Answer(HttpContext context, byte[] body)
    {
        lock (_turn)
        {
            _request.Clear();
            _request.At = _clock.Now;
            _request.Method = context.Request.Method;
            _request.Host = context.Request.Host.Value ?? "";
            _request.Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            _request.Body = body;
            foreach (var (name, values) in context.Request.Headers)
            {
                foreach (var value in values)
                {
                    _request.Headers.Add(name, value ?? "");
                }
            }
            _upstream.Answer(_request, _answer);
            return (_answer.Status, _answer.ContentType, _answer.Body.ToArray());
        }
    }
}

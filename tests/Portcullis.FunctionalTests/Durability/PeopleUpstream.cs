using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>An API of people: one record, a page of ten, and a stream of events that no gate can read.</summary>
internal sealed class PeopleUpstream : IAsyncDisposable
{
    public const int PageSize = 10;

    /// <summary>Its contract.</summary>
    public const string Contract = """
        openapi: 3.0.3
        info: { title: People, version: "1.0" }
        paths:
          /people/{accountId}:
            get:
              parameters: [{ name: accountId, in: path, required: true, schema: { type: string } }]
              responses: { "200": { description: A person } }
          /people:
            get:
              parameters: [{ name: from, in: query, required: true, schema: { type: integer } }]
              responses: { "200": { description: Ten people } }
          /events/{topic}:
            get:
              parameters: [{ name: topic, in: path, required: true, schema: { type: string } }]
              responses: { "200": { description: A stream } }
        """;

    private readonly WebApplication _app;

    private PeopleUpstream(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<PeopleUpstream> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/people/{id:int}", (int id) => Results.Text(Record(id), "application/json"));
        app.MapGet("/people", (int from) => Results.Text(Page(from), "application/json"));
        app.MapGet("/events/{topic}", StreamAsync);
        await app.StartAsync();
        return new PeopleUpstream(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Record(int id) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"accountId":"{{id}}","name":"Alex Montgomery","email":"alex.{{id}}@mail.example","phone":"+1206{{id % 10_000_000:D7}}"}"""
        );

    private static string Page(int from) =>
        $$"""{"items":[{{string.Join(',', Enumerable.Range(from, PageSize).Select(Record))}}]}""";

    private static async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        for (var i = 0; i < 5; i++)
        {
            await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes($"data: tick {i}\n\n"), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Yield();
        }
    }
}

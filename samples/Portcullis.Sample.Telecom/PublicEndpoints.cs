namespace Portcullis.Sample.Telecom;

/// <summary>What everybody may see.</summary>
internal static class PublicEndpoints
{
    private static readonly Plan[] Plans =
    [
        new("start-5", "Start 5", 15),
        new("start-20", "Start 20", 25),
        new("family-50", "Family 50", 60),
        new("unlimited", "Unlimited", 75),
    ];
    private static readonly Store[] Stores =
    [
        new("s-1", "Seattle", "12 Pike St", "+12065550111", "seattle@telecom.example"),
        new("s-2", "Tacoma", "400 Bay Rd", "+12535550122", "tacoma@telecom.example"),
        new("s-3", "Spokane", "7 Elm St", "+15095550133", "spokane@telecom.example"),
    ];

    public static void Map(WebApplication app)
    {
        app.MapGet("/plans", () => Results.Json(Plans, TelecomJson.Default.PlanArray));
        app.MapGet("/stores", () => Results.Json(Stores, TelecomJson.Default.StoreArray));
        app.MapGet("/health", () => Results.Text("ok"));
        app.MapGet("/slow", Slow);
    }

    /// <summary>Answers after up to ten seconds, for trying out time limits and draining.</summary>
    private static async Task<IResult> Slow(TimeProvider time, CancellationToken stop, int milliseconds = 1000)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, 10_000)), time, stop);
        return Results.Text("done");
    }
}

namespace Portcullis.Strangers;

/// <summary>An API that hands a person's record to whoever asks.</summary>
internal static class PeopleApi
{
    /// <summary>Says its address, and serves until the input ends.</summary>
    /// <param name="port">Port of the loopback address; 0 for any.</param>
    /// <param name="input">Ends when the API shall.</param>
    /// <param name="output">Told the address.</param>
    public static async Task<int> ServeAsync(int port, TextReader input, TextWriter output)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        await using var app = builder.Build();
        app.Run(context =>
        {
            var id = context.Request.Path.Value!.AsSpan("/people/".Length);
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(
                $$"""{"customerId":"{{id}}","name":"Alexandra Montgomery","email":"a{{id}}@mail.example","birthDate":"1978-09-07"}"""
            );
        });
        await app.StartAsync();
        output.WriteLine(app.Urls.First());
        await input.ReadToEndAsync();
        return 0;
    }
}

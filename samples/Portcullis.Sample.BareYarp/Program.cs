using Yarp.ReverseProxy.Configuration;

var (listen, upstream) = args.Length == 2 ? (args[0], args[1]) : ("http://127.0.0.1:5002", "http://127.0.0.1:5001");

var builder = WebApplication.CreateSlimBuilder(
    new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"], EnvironmentName = "Production" }
);
builder.Configuration.Sources.Clear();
builder.Configuration.AddInMemoryCollection();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(listen);
builder
    .Services.AddReverseProxy()
    .LoadFromMemory(
        [
            new RouteConfig
            {
                RouteId = "all",
                ClusterId = "upstream",
                Match = new RouteMatch { Path = "{**any}" },
            },
        ],
        [
            new ClusterConfig
            {
                ClusterId = "upstream",
                Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = upstream } },
            },
        ]
    );
var app = builder.Build();
app.MapReverseProxy();
Console.WriteLine($"Bare YARP on {listen}, in front of {upstream}");
await app.RunAsync();

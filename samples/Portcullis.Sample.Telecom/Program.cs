using Portcullis.Sample.Telecom;

// `--tokens N --prefix P` prints agents' tokens for load tests instead of serving.
if (args is ["--tokens", var count, "--prefix", var prefix])
{
    var issuer = new TokenIssuer(TimeProvider.System);
    for (var i = 0; i < int.Parse(count); i++)
    {
        Console.WriteLine(issuer.Issue($"{prefix}-{i}", "agent"));
    }
    return;
}
var options = new TelecomOptions();
for (var i = 0; i + 1 < args.Length; i += 2)
{
    options = args[i] switch
    {
        "--listen" => options with { Listen = new Uri(args[i + 1]) },
        "--customers" => options with { Customers = int.Parse(args[i + 1]) },
        _ => throw new ArgumentException($"Unknown option {args[i]}; known: --listen URL, --customers N."),
    };
}
var api = TelecomApi.Build(options);
Console.WriteLine($"Telecom sample with {options.Customers} customers on {options.Listen}");
await api.RunAsync();

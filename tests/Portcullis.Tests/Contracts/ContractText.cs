using System.Text;
using Portcullis.Core;
using Portcullis.Core.Contracts;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;
using Portcullis.Tests.Routing;

namespace Portcullis.Tests.Contracts;

/// <summary>Contracts written in a test, and exchanges held to them.</summary>
internal static class ContractText
{
    public static ContractDocument Load(string text, Func<string, ulong>? classesOf = null)
    {
        var folder = Directory.CreateTempSubdirectory("contract");
        try
        {
            var file = Path.Combine(folder.FullName, "api.yaml");
            File.WriteAllText(file, text);
            return ContractDocument.Load(file, classesOf);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A usable 3.0 contract with these paths (indented by two) and components.</summary>
    public static ContractDocument Paths(string paths, string more = "")
    {
        var contract = Load($"openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}\n{more}\n");
        Assert.True(contract.IsUsable, string.Join('\n', contract.Errors));
        return contract;
    }

    /// <summary>One operation POST /x whose JSON body has this schema, written as JSON, both ways.</summary>
    public static DeclaredOperation WithBody(string schema, string version = "3.1.0")
    {
        var contract = Load(
            $$"""
            {"openapi": "{{version}}", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"post": {
              "requestBody": {"required": true, "content": {"application/json": {"schema": {{schema}} } } },
              "responses": {"200": {"description": "", "content": {"application/json": {"schema": {{schema}} } } } } } } } }
            """
        );
        Assert.True(contract.IsUsable, string.Join('\n', contract.Errors));
        return contract.Operations[0];
    }

    public static Exchange Request(DeclaredOperation operation, string target = "/x", string? body = null) =>
        Request(operation, target, body is null ? null : Encoding.UTF8.GetBytes(body));

    public static Exchange Request(DeclaredOperation operation, string target, byte[]? body)
    {
        var registry = new OperationRegistry();
        var plan = new OperationPlan
        {
            Operation = registry.TryAdd("api", operation.Method, operation.Template, isDeclared: true)!,
            ParameterNames = operation.ParameterNames,
            Contract = operation.Contract,
            ResponseContract = ContractWord.Enforce,
        };
        var exchange = RoutingExchange.Of(operation.Method, target, 200);
        exchange.Plan = new Portcullis.Core.Traffic.Routing.DeclaredRouter(
            [plan],
            RoutingExchange.Learned(registry),
            false
        ).Match(exchange, out _);
        Assert.NotNull(exchange.Plan);
        if (body is not null)
        {
            ((HeaderList)exchange.RequestHeaders).Add("Content-Type", "application/json");
            exchange.RequestBody = body;
        }
        return exchange;
    }

    /// <summary>Verdict and finding of request head and body, for example <c>Refuse contract/request: query parameter 'n': maximum</c>.</summary>
    public static string Judge(Exchange exchange)
    {
        var guard = new ContractGuard();
        var head = guard.Judge(exchange, Phase.RequestHead);
        var body = guard.Judge(exchange, Phase.RequestBody);
        return Words(head.Kind >= body.Kind ? head : body, exchange);
    }

    public static string JudgeAnswer(
        DeclaredOperation operation,
        string body,
        int status = 200,
        string type = "application/json"
    ) => JudgeAnswer(operation, body, UndeclaredWord.Observe, out _, status, type);

    public static string JudgeAnswer(
        DeclaredOperation operation,
        string body,
        UndeclaredWord word,
        out Exchange exchange,
        int status = 200,
        string type = "application/json"
    )
    {
        exchange = Request(operation);
        exchange.Plan = exchange.Plan! with { UndeclaredFields = word };
        var headers = new HeaderList();
        headers.Add("Content-Type", type);
        exchange.Status = status;
        exchange.ResponseHeaders = headers;
        exchange.ResponseBody = Encoding.UTF8.GetBytes(body);
        return Words(new ContractGuard().Judge(exchange, Phase.ResponseBody), exchange);
    }

    private static string Words(Judgement judgement, Exchange exchange) =>
        judgement.Kind == VerdictKind.Allow ? "Allow" : $"{judgement.Kind} {judgement.Reason}: {exchange.ContractViolation}";
}

using System.Net.Http.Json;
using System.Text;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>Real traffic full of personal values leaves none of them in the data folder, in what the gateway prints, or in its answers to operators.</summary>
public sealed class PersonalTraceTests : IDisposable
{
    private const string Answer =
        """{"accountId":"778899001122","name":"Zenobia Quimbleton","email":"zenobia.q@private.example","phone":"+12065559187","birthDate":"1971-03-29","card":"4929123456789012","iban":"DE89370400440532013000","ssn":"536-22-8841","passwordHash":"$2b$12$KIXQ4vJq7kz0Vb1uYpQnEu3o8t0m4m8Z7mYQz0o5h3l9cJd1bX2aS"}""";

    private static readonly string[] Values =
    [
        "778899001122",
        "Zenobia",
        "Quimbleton",
        "zenobia.q@private.example",
        "2065559187",
        "1971-03-29",
        "4929123456789012",
        "DE89370400440532013000",
        "536-22-8841",
        "KIXQ4vJq7kz0Vb1uYpQnEu3o8t0m4m8Z",
        "path.person@private.example",
        "660011223344",
        "query-surname-Abernethy",
        "query.person@private.example",
        "header-person-Lillywhite",
        "agent-Ravenscroft",
        "referer.person@private.example",
        "cookie-secret-Thistlewood",
        "session-5e884898da28047151d0e56f",
        "bearer-Featherstonehaugh",
        "key-Cholmondeley-0123456789",
        "198.51.100.77",
        "body-Wolfeschlegelstein",
        "body.person@private.example",
        "broken-json-Huxtable",
        "host-quackenbush",
        "line-Throckmorton",
        "upstream-error-Zuckerbrot",
        "cut-answer-Dillahunt",
        "method-Oglethorpe",
        "account-Winterbottom",
        "Location-Snodgrass",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly Traces _traces = new(Values);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_value_that_was_left_behind_is_found_in_every_form()
    {
        const string Left = "zenobia.q@private.example";
        var bytes = Encoding.UTF8.GetBytes(Left);

        Assert.NotEmpty(_traces.Find("", $"a line about ZENOBIA.Q@private.example."));
        Assert.NotEmpty(_traces.Find("", $"at 0x{Convert.ToHexString(bytes)}."));
        Assert.NotEmpty(_traces.Find("", Encoding.Unicode.GetBytes(Left)));
        Assert.NotEmpty(_traces.Find("", $"/people/{Uri.EscapeDataString(Left)}"));
        for (var before = 0; before < 3; before++)
        {
            Assert.NotEmpty(_traces.Find("", Convert.ToBase64String([.. new byte[before], .. bytes, 1, 2])));
        }
        Assert.Empty(_traces.Find("", "nothing of anybody"));
    }

    [Theory]
    [InlineData("enforce")]
    [InlineData("monitor")]
    public async Task Traffic_full_of_personal_values_leaves_none_of_them_behind(string mode)
    {
        await using var upstream = new RecordingUpstream(Reply);
        await using var gateway = GatewayBinary.Start(
            Policy(upstream.Address, mode),
            _folder["data"],
            environment: new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Trace" }
        );
        await gateway.ListensAsync();
        foreach (var request in Requests)
        {
            await RawClient.SendAsync(gateway.Address, request, Cancellation);
        }
        Assert.Contains(upstream.Requests, request => request.Contains("body-Wolfeschlegelstein", StringComparison.Ordinal));

        var found = new List<string>();
        await AskOperatorsQuestionsAsync(gateway, found);
        found.AddRange(_traces.FindInFolder(_folder["data"]));
        await gateway.StopAsync();
        found.AddRange(_traces.FindInFolder(_folder["data"]));
        found.AddRange(_traces.Find("what it printed", gateway.Said));

        Assert.True(found.Count == 0, string.Join('\n', found.Distinct()));
    }

    private static string[] Requests =>
        [
            Get("/people/778899001122"),
            Get("/people/path.person@private.example"),
            Get("/people/660011223344?q=query-surname-Abernethy&mail=query.person%40private.example"),
            Get("/files/path.person@private.example/660011223344"),
            Get("/error?of=query-surname-Abernethy"),
            Get("/cut/660011223344"),
            Get("/moved/660011223344"),
            Get("/nowhere/660011223344"),
            Get("/people/%zz-line-Throckmorton"),
            Get("/people/660011223344").Replace("people.example", "host-quackenbush.example", StringComparison.Ordinal),
            Get("/people/660011223344").Replace("GET ", "method-Oglethorpe ", StringComparison.Ordinal),
            Get("/people/660011223344").Replace(" HTTP/1.1", " line-Throckmorton HTTP/1.1", StringComparison.Ordinal),
            "line-Throckmorton nonsense\r\n\r\n",
            Post("/people", """{"name":"body-Wolfeschlegelstein","email":"body.person@private.example"}"""),
            Post("/people", """{"name":"broken-json-Huxtable","email":"body.person@private.example" """),
            Post("/people", """{"name":"body-Wolfeschlegelstein","name":"body.person@private.example"}"""),
            Post("/login", """{"user":"account-Winterbottom","password":"body-Wolfeschlegelstein"}"""),
        ];

    private static string Get(string target) => $"GET {target} HTTP/1.1\r\n{Headers}Connection: close\r\n\r\n";

    private static string Post(string target, string body) =>
        $"POST {target} HTTP/1.1\r\n{Headers}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    private static string Headers =>
        "Host: people.example\r\nX-Customer: header-person-Lillywhite\r\nUser-Agent: agent-Ravenscroft\r\n"
        + "Referer: https://app.example/?of=referer.person@private.example\r\nX-Forwarded-For: 198.51.100.77\r\n"
        + "Cookie: note=cookie-secret-Thistlewood; session=session-5e884898da28047151d0e56f\r\n"
        + "Authorization: Bearer bearer-Featherstonehaugh\r\nX-Api-Key: key-Cholmondeley-0123456789\r\n";

    private static byte[] Reply(string head)
    {
        var target = head.Split(' ')[1];
        return target switch
        {
            _ when target.StartsWith("/error", StringComparison.Ordinal) => RecordingUpstream.Response(
                500,
                "application/json",
                """{"trace":"upstream-error-Zuckerbrot at zenobia.q@private.example"}"""
            ),
            _ when target.StartsWith("/cut", StringComparison.Ordinal) => Encoding.ASCII.GetBytes(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"name\":\"cut-answer-Dillahunt\""
            ),
            _ when target.StartsWith("/moved", StringComparison.Ordinal) => RecordingUpstream.Response(
                302,
                "text/plain",
                "",
                "Location: https://app.example/Location-Snodgrass/zenobia.q@private.example"
            ),
            _ when target.StartsWith("/login", StringComparison.Ordinal) => RecordingUpstream.Response(
                200,
                "application/json",
                """{"token":"bearer-Featherstonehaugh","user":{"id":"account-Winterbottom"}}""",
                "Set-Cookie: session=session-5e884898da28047151d0e56f"
            ),
            _ => RecordingUpstream.Response(200, "application/json", Answer),
        };
    }

    // What operators type is personal too: it must come back in no answer's text but what the question itself was about, hashed.
    private async Task AskOperatorsQuestionsAsync(GatewayBinary gateway, List<string> found)
    {
        using var admin = gateway.Admin();
        (string Path, object Body)[] questions =
        [
            ("/v1/whosaw", new { subject = "zenobia.q@private.example" }),
            ("/v1/whosaw", new { subject = "+12065559187" }),
            ("/v1/callers/find", new { name = "account-Winterbottom" }),
            ("/v1/callers/find", new { name = "network:198.51.100.77" }),
        ];
        foreach (var (path, body) in questions)
        {
            using var answer = await admin.PostAsJsonAsync(path, body, Cancellation);
            found.AddRange(_traces.Find($"the answer of {path}", await answer.Content.ReadAsStringAsync(Cancellation)));
        }
        foreach (
            var path in (string[])
                ["/v1/status", "/v1/callers", "/v1/operations", "/v1/ready", "/v1/unmeasured", "/v1/restrictions", "/v1/keys"]
        )
        {
            using var answer = await admin.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            found.AddRange(_traces.Find($"the answer of {path}", await answer.Content.ReadAsStringAsync(Cancellation)));
        }
    }

    private string Policy(Uri upstream, string mode)
    {
        File.WriteAllText(
            _folder["openapi.yaml"],
            """
            openapi: 3.0.3
            info: { title: People, version: "1.0" }
            paths:
              /people/{id}:
                get:
                  parameters: [{ name: id, in: path, required: true, schema: { type: string, maxLength: 40 } }]
                  responses: { "200": { description: A person } }
              /people:
                post:
                  requestBody:
                    content: { application/json: { schema: { type: object, properties: { name: { type: string, maxLength: 5 } } } } }
                  responses: { "200": { description: Made } }
              /login:
                post: { responses: { "200": { description: In } } }
            """
        );
        File.WriteAllText(
            _folder["portcullis.yaml"],
            $$"""
            version: 1
            mode: {{mode}}
            trustedProxies: [127.0.0.0/8]
            anonymousPersonalData: allow
            upstreams:
              - name: people
                address: {{upstream.GetLeftPart(UriPartial.Authority)}}
                hosts: [people.example]
                contract: openapi.yaml
                unknownOperations: observe
            identity:
              invalid: anonymous
              session: { cookie: session, vouchedBy: ["GET /people/{id}"] }
            operations:
              GET /people/{id}: { authentication: public, subject: accountId }
              POST /people: { authentication: public }
              POST /login: { authentication: public }
            """
        );
        return _folder["portcullis.yaml"];
    }
}

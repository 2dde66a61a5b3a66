using Portcullis.Core.Policy.Compiling;
using Portcullis.Tests.Policy;
using Xunit;

namespace Portcullis.Tests.Admission;

/// <summary>What strangers must reach, and that none of it lets them read others' data.</summary>
public sealed class OpenDoorTests
{
    private const string Profile =
        """{"token":"t0","accountId":"300000001","name":"Ann Miller","email":"ann.miller@example.com"}""";
    private const string People = """
        [{"accountId":"300000001","name":"Ann Miller","email":"ann.miller@example.com"},
         {"accountId":"300000002","name":"Bob Brown","email":"bob.brown@example.com"}]
        """;
    private const string Refused = "Refuse admission/anonymous-personal-data";

    private static readonly ContractOperation Login = new()
    {
        Method = "POST",
        Template = "/login",
        IsLoginLike = true,
    };

    [Theory]
    [InlineData("/login")]
    [InlineData("/api/v1/auth/login")]
    [InlineData("/oauth/token")]
    [InlineData("/signup")]
    [InlineData("/users/register")]
    [InlineData("/accounts/login")]
    [InlineData("/password/reset-password")]
    [InlineData("/auth/refresh")]
    [InlineData("/password/reset")]
    [InlineData("/password/forgot")]
    [InlineData("/api/v1/users/password/forgot")]
    [InlineData("/auth/reset")]
    [InlineData("/forgot/password")]
    public void Sign_in_passes_with_the_profile_of_who_signs_in(string target)
    {
        var bench = new PolicyBench("") { Answer = Profile };

        Assert.Equal("Allow", bench.Send("POST", target, """{"password":"p"}"""));
        // Known for personal data by now.
        Assert.Equal("Allow", bench.Send("POST", target, """{"password":"p"}"""));
    }

    [Theory]
    [InlineData("POST", "/login")]
    [InlineData("POST", "/accounts/login")]
    public void Sign_in_that_answers_about_two_people_is_refused(string method, string target) =>
        Assert.Equal(Refused, new PolicyBench("") { Answer = People }.Send(method, target, "{}"));

    [Theory]
    [InlineData("GET", "/login")]
    [InlineData("PUT", "/login")]
    [InlineData("POST", "/login/300000001")]
    [InlineData("POST", "/accounts/300000001/token")]
    [InlineData("POST", "/accounts/ann/token")]
    [InlineData("POST", "/exports/2026/login")]
    [InlineData("POST", "/reset")]
    [InlineData("POST", "/accounts/reset")]
    [InlineData("POST", "/orders/password/reset")]
    [InlineData("POST", "/password/300000001/reset")]
    [InlineData("POST", "/accounts/login%2f300000001")]
    [InlineData("POST", "/accounts/300000001?x=/login")]
    public void Word_in_the_wrong_place_opens_nothing(string method, string target) =>
        Assert.Equal(Refused, new PolicyBench("") { Answer = Profile }.Send(method, target, "{}"));

    [Theory]
    [InlineData("/login/../accounts/300000001")]
    [InlineData("/login/%2e%2e/accounts/300000001")]
    [InlineData("//login")]
    [InlineData("/login\\..\\accounts")]
    public void Way_around_the_word_never_reaches_the_upstream(string target)
    {
        var bench = new PolicyBench("") { Answer = Profile };

        Assert.StartsWith("Refuse canonical/", bench.Send("POST", target, "{}"), StringComparison.Ordinal);
        Assert.Equal(0, bench.Asked);
    }

    [Fact]
    public void Method_in_a_header_does_not_make_a_sign_in()
    {
        var bench = new PolicyBench("") { Answer = Profile };

        Assert.StartsWith(
            "Refuse canonical/",
            bench.Send("POST", "/login", "{}", ("X-HTTP-Method-Override", "GET")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/.well-known/security.txt")]
    public void Probe_or_well_known_document_that_nobody_declares_is_unknown_like_anything_else(string target)
    {
        const string Refusing = "    unknownOperations: refuse\n";
        var declared = $"operations:\n  GET {target}: {{ undeclared: true }}\n";

        Assert.Equal("Refuse operation/unknown", new PolicyBench(Refusing, Login).Send("GET", target));
        Assert.Equal("Allow", new PolicyBench(Refusing + declared, Login).Send("GET", target));
    }

    [Fact]
    public void Contract_that_asks_for_credentials_is_stronger_than_the_word() =>
        Assert.Equal(
            "Refuse admission/authentication-required",
            new PolicyBench("", Login with { RequiresAuthentication = true }).Send("POST", "/login", "{}")
        );

    [Fact]
    public void Signing_in_does_not_use_up_what_strangers_share()
    {
        var bench = new PolicyBench(
            "budgets:\n  - { name: strangers, per: pool, pool: anonymous, limit: 1 }\noperations:\n  GET /directory: { authentication: public }\n",
            Login,
            new ContractOperation { Method = "GET", Template = "/directory" }
        );
        for (var person = 0; person < 5; person++)
        {
            bench.Answer = Profile.Replace("300000001", $"30000001{person}", StringComparison.Ordinal);
            Assert.Equal("Allow", bench.Send("POST", "/login", "{}"));
        }

        bench.Answer = Profile;
        Assert.Equal("Allow", bench.Send("GET", "/directory"));
    }

    [Fact]
    public void Budget_that_names_the_sign_in_counts_it()
    {
        var bench = new PolicyBench(
            "budgets:\n  - { name: logins, per: pool, pool: anonymous, limit: 2, reserve: 0%, operations: [POST /login] }\n",
            Login
        );
        for (var person = 0; person < 2; person++)
        {
            bench.Answer = Profile.Replace("300000001", $"30000001{person}", StringComparison.Ordinal);
            Assert.Equal("Allow", bench.Send("POST", "/login", "{}"));
        }

        bench.Answer = Profile;
        Assert.Equal("Refuse exposure/token-required", bench.Send("POST", "/login", "{}"));
    }

    [Fact]
    public void Preflight_passes_where_credentials_are_due_and_carries_no_data()
    {
        var bench = new PolicyBench("operations:\n  GET /accounts/{id}: { authentication: required }\n");

        Assert.Equal(
            "Allow",
            bench.Send("OPTIONS", "/accounts/1", "", ("Origin", "https://a.example"), ("Access-Control-Request-Method", "GET"))
        );
        bench.Answer = Profile;
        Assert.Equal(Refused, bench.Send("OPTIONS", "/accounts/1", "", ("Origin", "https://a.example")));
    }

    [Theory]
    [InlineData("/accounts/1", true, "Allow")]
    [InlineData("/accounts/1", false, "Refuse operation/method")]
    [InlineData("/others/1", true, "Refuse operation/unknown")]
    public void Preflight_of_a_declared_path_passes_where_unknown_operations_are_refused(
        string target,
        bool isPreflight,
        string verdict
    )
    {
        var bench = new PolicyBench(
            "    unknownOperations: refuse\noperations:\n  GET /accounts/{id}: { authentication: required }\n"
        );
        (string, string)[] headers = isPreflight
            ? [("Origin", "https://a.example"), ("Access-Control-Request-Method", "GET")]
            : [];

        Assert.Equal(verdict, bench.Send("OPTIONS", target, "", headers));
    }

    [Fact]
    public void Answer_to_a_preflight_that_carries_personal_data_stays_here()
    {
        var bench = new PolicyBench("") { Answer = Profile };

        Assert.Equal(
            Refused,
            bench.Send("OPTIONS", "/accounts/1", "", ("Origin", "https://a.example"), ("Access-Control-Request-Method", "GET"))
        );
    }

    [Theory]
    [InlineData("/healthz", """{"status":"UP"}""")]
    [InlineData(
        "/.well-known/openid-configuration",
        """{"issuer":"https://login.example.com/","jwks_uri":"https://login.example.com/k"}"""
    )]
    public void Probes_and_well_known_documents_pass(string target, string answer) =>
        Assert.Equal("Allow", new PolicyBench("") { Answer = answer }.Send("GET", target));

    [Fact]
    public void Security_contacts_pass_and_what_else_is_below_well_known_does_not()
    {
        var bench = new PolicyBench("") { Answer = "Contact: mailto:security@example.com\n", AnswerType = "text/plain" };
        Assert.Equal("Allow", bench.Send("GET", "/.well-known/security.txt"));

        bench.Answer = Profile;
        bench.AnswerType = "application/json";
        Assert.Equal(Refused, bench.Send("GET", "/.well-known/webfinger?resource=acct:ann@example.com"));
    }

    [Fact]
    public void Public_contact_data_passes_and_nothing_beside_it()
    {
        var bench = new PolicyBench("operations:\n  GET /stores: { public: [phone, email] }\n")
        {
            Answer = """[{"store":"Main Street","phone":"+14155550123","email":"main@example.com"}]""",
        };
        Assert.Equal("Allow", bench.Send("GET", "/stores"));

        bench.Answer = """[{"name":"Ann Miller","birthDate":"1980-02-03","phone":"+14155550123"}]""";
        Assert.Equal(Refused, bench.Send("GET", "/stores"));
    }

    [Fact]
    public void Guest_gets_back_what_the_guest_said_and_nothing_else()
    {
        var bench = new PolicyBench("operations:\n  POST /checkout: { authentication: guest }\n");
        const string Order = """{"name":"Ann Miller","email":"ann.miller@example.com","phone":"+14155550123"}""";
        bench.Answer = """{"order":"A-1","customer":{"name":"Ann Miller","email":"ann.miller@example.com"}}""";
        Assert.Equal("Allow", bench.Send("POST", "/checkout", Order, ("Content-Type", "application/json")));
        Assert.Equal(
            "Allow",
            bench.Send(
                "POST",
                "/checkout",
                "name=Ann+Miller&email=ann.miller%40example.com",
                ("Content-Type", "application/x-www-form-urlencoded")
            )
        );

        bench.Answer =
            """{"order":"A-1","customer":{"name":"Ann Miller","email":"ann.miller@example.com","phone":"+14155550199"}}""";
        Assert.Equal(Refused, bench.Send("POST", "/checkout", Order, ("Content-Type", "application/json")));
        Assert.Equal(Refused, bench.Send("POST", "/checkout", """{"email":"ann.miller@example.com"}"""));
    }
}

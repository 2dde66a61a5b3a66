using System.Security.Cryptography;
using Portcullis.Core.Identity;
using Portcullis.Core.Identity.Keys;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Identity;

public sealed class IdentityPlanCompilerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portcullis-identity").FullName;
    private readonly List<string> _errors = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IdentityPlan Compile(params JwtOptions[] issuers) => Compile(new IdentityOptions { Jwt = [.. issuers] });

    private IdentityPlan Compile(IdentityOptions options) =>
        IdentityPlanCompiler.Compile(options, _folder, (path, message, remedy) => _errors.Add($"{path}: {message} {remedy}"));

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return name;
    }

    [Fact]
    public void A_secret_in_a_file_verifies_tokens_without_naming_algorithms()
    {
        var key = Write("secret.txt", "0123456789abcdef0123456789abcdef\n");
        var plan = Compile(new JwtOptions { Issuer = Tokens.Issuer, Key = key });
        Assert.Empty(_errors);
        var bench = new IdentityBench(plan);
        var payload =
            $$"""{"iss":"{{Tokens.Issuer}}","sub":"anna","exp":{{bench.Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}}}""";
        var token = Tokens.Signed("""{"alg":"HS256"}""", payload, "0123456789abcdef0123456789abcdef"u8.ToArray());
        Assert.False(bench.Ask(IdentityBench.Bearer(token)).IsAnonymous);
    }

    [Theory]
    [InlineData((byte)'\n')]
    [InlineData((byte)'\r')]
    public void A_secret_of_raw_bytes_is_taken_to_its_last_byte(byte last)
    {
        byte[] secret = [.. Enumerable.Range(0, 31).Select(number => (byte)(number * 8)), last];
        File.WriteAllBytes(Path.Combine(_folder, "secret"), secret);
        var plan = Compile(new JwtOptions { Issuer = Tokens.Issuer, Key = "secret" });
        Assert.Empty(_errors);
        var bench = new IdentityBench(plan);
        var end = bench.Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var payload = $$"""{"iss":"{{Tokens.Issuer}}","sub":"anna","exp":{{end}}}""";

        var token = Tokens.Signed("""{"alg":"HS256"}""", payload, secret);

        Assert.False(bench.Ask(IdentityBench.Bearer(token)).IsAnonymous);
    }

    [Fact]
    public void A_public_key_in_a_file_is_read()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var plan = Compile(
            new JwtOptions { Issuer = Tokens.Issuer, Key = Write("key.pem", key.ExportSubjectPublicKeyInfoPem()) }
        );
        Assert.Empty(_errors);
        Assert.Equal(1, plan.Issuers[0].Keys!.Count);
    }

    [Fact]
    public void A_private_key_is_refused_by_name()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Compile(new JwtOptions { Issuer = Tokens.Issuer, Key = Write("key.pem", key.ExportPkcs8PrivateKeyPem()) });
        Assert.Contains("private key", Assert.Single(_errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", "32 bytes")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "PEM public key")]
    public void A_key_that_cannot_verify_is_refused(string text, string expected)
    {
        Compile(new JwtOptions { Issuer = Tokens.Issuer, Key = Write("key", text) });
        Assert.Contains(expected, Assert.Single(_errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Tokens.Issuer, true)]
    [InlineData(null, false)]
    public void Token_and_session_of_one_name_are_one_account_where_policy_says_so(string? issuer, bool isOne)
    {
        var plan = Compile(
            new IdentityOptions
            {
                Jwt = [new JwtOptions { Issuer = Tokens.Issuer, Key = Write("key", Convert.ToHexStringLower(Tokens.Secret)) }],
                Session = new SessionOptions
                {
                    Cookie = "sid",
                    VouchedBy = [IdentityBench.ReadAccount],
                    AccountField = "user",
                },
                Accounts = new AccountOptions { Issuer = issuer },
            }
        );
        Assert.Empty(_errors);
        var bench = new IdentityBench(plan);
        bench.Exchange(200, """{"user":"anna"}""", ("Cookie", "sid=abc"));
        var payload =
            $$"""{"iss":"{{Tokens.Issuer}}","sub":"anna","exp":{{bench.Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}}}""";
        var secret = System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Tokens.Secret));

        var session = bench.Ask(("Cookie", "sid=abc")).Caller;
        var token = bench.Ask(IdentityBench.Bearer(Tokens.Signed("""{"alg":"HS256"}""", payload, secret))).Caller;

        Assert.Equal((Rung.Account, Rung.Account), (session!.Rung, token!.Rung));
        Assert.Equal(isOne, session.Key == token.Key);
    }

    [Fact]
    public void Accounts_are_those_of_an_issuer_that_policy_lists()
    {
        Compile(
            new IdentityOptions
            {
                Jwt = [new JwtOptions { Issuer = "https://login.example.com/", Jwks = "https://login.example.com/keys" }],
                Accounts = new AccountOptions { Issuer = "https://login.exmaple.com/" },
            }
        );

        Assert.Contains("Did you mean `https://login.example.com/`?", Assert.Single(_errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_is_reported_at_once()
    {
        Compile(
            new JwtOptions { Issuer = "a", Key = "missing.pem" },
            new JwtOptions { Issuer = "a", Jwks = "http://login.example.com/keys" },
            new JwtOptions { Issuer = "c" },
            new JwtOptions
            {
                Issuer = "d",
                Jwks = "https://d.example.com/keys",
                Algorithms = ["none"],
                EndUserHeader = "X-User",
            }
        );
        Assert.Equal(
            ["jwt[0].key", "jwt[1].issuer", "jwt[1].jwks", "jwt[2]", "jwt[3].algorithms[0]", "jwt[3].endUserHeader"],
            _errors.Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)])
        );
    }

    [Fact]
    public void A_tokens_issuer_in_error_does_not_let_its_tokens_pass_as_the_upstreams()
    {
        var plan = Compile(new JwtOptions { Issuer = "a", Key = "missing.pem" });
        Assert.NotEmpty(_errors);
        Assert.Empty(plan.Issuers);
        Assert.False(plan.OpaqueTokens);
    }

    [Fact]
    public void Unverified_credentials_count_while_nobody_said_how_callers_prove_who_they_are()
    {
        Assert.Equal(UnverifiedWord.Count, Compile().Unverified);
        Assert.Equal(
            UnverifiedWord.Refuse,
            Compile(new IdentityOptions { Session = new SessionOptions { Cookie = "sid" } }).Unverified
        );
        Assert.Equal(UnverifiedWord.Refuse, Compile(new JwtOptions { Issuer = "a", Key = "missing.pem" }).Unverified);
    }

    [Theory]
    [InlineData(UnverifiedWord.Refuse)]
    [InlineData(UnverifiedWord.Count)]
    public void The_operators_word_on_unverified_credentials_stands(UnverifiedWord word) =>
        Assert.Equal(word, Compile(new IdentityOptions { Unverified = word }).Unverified);

    [Fact]
    public void Sessions_accounts_and_shared_keys_are_taken_over()
    {
        var plan = Compile(
            new IdentityOptions
            {
                ApiKeys = new ApiKeyOptions
                {
                    SharedBy = SharedByWord.Service,
                    EndUserHeader = "X-User",
                    Query = "key",
                },
                Session = new SessionOptions
                {
                    Cookie = "sid",
                    VouchedBy = ["GET /me"],
                    AccountField = "user.id",
                },
                Accounts = new AccountOptions { Operations = ["POST /login"], Field = "account" },
            }
        );
        Assert.Empty(_errors);
        Assert.Equal(KeySharing.BackEnd, plan.ApiKeySharing);
        Assert.Equal("key"u8.ToArray(), plan.ApiKeyQuery);
        Assert.Equal(["GET /me", "POST /login"], plan.Accounts.Select(rule => rule.Operation));
        Assert.Equal(2, plan.Accounts[0].AccountField!.Length);
        Assert.Equal(["GET /me"], plan.VouchedBy.Items);
        Assert.True(plan.OpaqueTokens);
    }

    [Fact]
    public void End_users_are_believed_of_the_client_that_policy_names_and_of_no_other()
    {
        var compiled = Compile(
            new IdentityOptions
            {
                Clients =
                [
                    new ClientOptions { Client = "connector", EndUserHeader = "X-User" },
                    new ClientOptions { Client = "crm", EndUserClaim = "act_for" },
                    new ClientOptions { Client = "app", SharedBy = SharedByWord.App },
                ],
            }
        );
        Assert.Empty(_errors);
        var bench = new IdentityBench(Tokens.Plan with { Clients = compiled.Clients });
        var end = bench.Time.GetUtcNow().AddHours(1);
        string Token(string client) => Tokens.Of("service", end, $",\"azp\":\"{client}\",\"act_for\":\"bob\"");

        var connector = bench.Ask(IdentityBench.Bearer(Token("connector")), ("X-User", "ann"));
        var crm = bench.Ask(IdentityBench.Bearer(Token("crm")), ("X-User", "ann"));
        var other = bench.Ask(IdentityBench.Bearer(Token("other")), ("X-User", "ann"));
        var app = bench.Ask(IdentityBench.Bearer(Token("app")), ("X-User", "ann"));

        Assert.Equal(AccountKey.Of(bench.Keys, "client:connector", "ann"), connector.Rungs[0]!.Key);
        Assert.True(connector.Rungs[1]!.IsShared);
        Assert.Equal(AccountKey.Of(bench.Keys, "client:crm", "bob"), crm.Rungs[0]!.Key);
        Assert.Equal(AccountKey.Of(bench.Keys, "", "service"), other.Rungs[0]!.Key);
        Assert.Equal(1, other.RungCount);
        Assert.True(app.IsAnonymous);
    }

    [Fact]
    public void An_end_user_of_what_anybody_holds_is_refused()
    {
        Compile(
            new IdentityOptions
            {
                Clients =
                [
                    new ClientOptions
                    {
                        Client = "app",
                        SharedBy = SharedByWord.App,
                        EndUserClaim = "u",
                    },
                ],
            }
        );

        Assert.Contains("clients[0].endUserClaim", Assert.Single(_errors), StringComparison.Ordinal);
    }
}

using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Policy;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;
using Xunit;

namespace Portcullis.Tests.Policy;

public sealed class PolicyCompilerTests
{
    private const string Upstream = "upstreams:\n  - name: api\n    address: http://localhost:5000\n";

    private static readonly ContractOperation[] Contract =
    [
        new()
        {
            Method = "GET",
            Template = "/accounts/{id}",
            RequiresAuthentication = true,
            Classes = 1,
        },
        new()
        {
            Method = "POST",
            Template = "/login",
            IsLoginLike = true,
        },
    ];

    private readonly OperationRegistry _operations = new();

    [Fact]
    public void Divides_budgets_by_the_gateways_side_by_side_and_rounds_down()
    {
        var policy = Sound(Upstream + "instances: 3\nbudgets:\n  - { name: day, limit: 10 }\n");

        Assert.Equal(3, Assert.Single(policy.Budgets).Limit);
    }

    [Fact]
    public void Refuses_a_budget_of_which_nothing_is_left_when_divided() =>
        Broken(
            Upstream + "instances: 3\nbudgets:\n  - { name: day, limit: 2 }\n",
            "p.yaml:6:25: budgets[0].limit: Divided by 3 instances"
        );

    [Theory]
    [InlineData(
        "budgets:\n  - { name: d, limit: 1, pool: agens }\npools:\n  - { name: agents, members: caller.anonymous }\n",
        "Did you mean `agents`?"
    )]
    [InlineData(
        "budgets:\n  - { name: d, limit: 1, operations: GET /acounts }\noperations:\n  GET /accounts: {}\n",
        "Did you mean `GET /accounts`?"
    )]
    [InlineData("budgets:\n  - { name: d, limit: 1 }\n  - { name: d, limit: 2 }\n", "There are two budgets `d`.")]
    [InlineData("budgets:\n  - { name: d, limit: 1, reserve: 20% }\n", "this budget is per caller")]
    [InlineData("pools:\n  - { name: anonymous, members: caller.anonymous }\n", "`anonymous` always exists.")]
    [InlineData("pools:\n  - { name: a, members: path.id == token.sub }\n", "`path` is not known here.")]
    [InlineData("operations:\n  GET /a: { returns: [emial] }\n", "Did you mean `email`?")]
    [InlineData("operations:\n  GET /a/{id}: {}\n  GET /a/{name}: {}\n", "describes the same operation")]
    [InlineData(
        "operations:\n  GET /a: { items: item.id == token.sub, inspect: false }\n",
        "Items are judged only where answers are read."
    )]
    [InlineData("unknownHosts: ap\n", "Did you mean `api`?")]
    [InlineData("tls: { key: a.pem }\n", "`certificate` is missing")]
    [InlineData("tls: { certificate: /no/such.pem }\n", "There is no file `/no/such.pem`.")]
    [InlineData("tls: { certificate: /no/such.pem, key: /no/such.key }\n", "There is no file `/no/such.pem`.")]
    [InlineData("listen: https://localhost:8443\n", "An https address needs a certificate.")]
    [InlineData("admin: https://localhost:8443\n", "An https address needs a certificate.")]
    [InlineData("listen: http://api.example.com:8080\n", "is not an address to listen on")]
    [InlineData("admin: http://localhost:8080\n", "served to every caller")]
    [InlineData("hold: { perBody: 2MiB, total: 1MiB }\n", "Raise `hold.total`")]
    [InlineData("ledgerKey: { file: a, command: b }\n", "more than one place")]
    [InlineData("identity: { session: { cookie: sid, vouchedBy: GET /me } }\n", "No operation `GET /me` is declared.")]
    public void Refuses_what_contradicts_itself_or_refers_to_nothing(string rest, string message) =>
        Broken(Upstream + rest, message);

    [Fact]
    public void Takes_any_free_port_for_callers_and_operators_alike() =>
        Sound(Upstream + "listen: http://127.0.0.1:0\nadmin: http://127.0.0.1:0\n");

    [Theory]
    [InlineData("http://*:8080", "http://[::]:8080/")]
    [InlineData("http://+:8080", "http://[::]:8080/")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/")]
    [InlineData("http://0.0.0.0:8080", "http://0.0.0.0:8080/")]
    public void Takes_every_address_to_listen_on(string address, string url)
    {
        Sound(Upstream + $"listen: \"{address}\"\n");
        Assert.Equal(url, ListenAddress.Of(address)!.AbsoluteUri);
    }

    [Fact]
    public void Points_at_the_character_of_a_condition_that_is_wrong() =>
        Broken(
            Upstream + "operations:\n  GET /accounts/{id}:\n    ownership: \"path.id == tokn.sub\"\n",
            "p.yaml:6:28: operations[\"GET /accounts/{id}\"].ownership[0]: `tokn` is no fact. (At character 12 of the condition.) Did you mean `token`?"
        );

    [Theory]
    [InlineData(
        "{ template: '{\"s\": {status}, \"i\": \"{incidnt}\"}' }",
        "p.yaml:4:50: upstreams[0].refusals.template: `{incidnt}` is no placeholder. Did you mean `{incident}`? Known here: `{status}`, `{title}`, `{incident}`, `{executed}`."
    )]
    [InlineData(
        "{ template: '{ Title }' }",
        "p.yaml:4:28: upstreams[0].refusals.template: `{Title}` is no placeholder. Did you mean `{title}`?"
    )]
    [InlineData(
        "\n      template: |\n        <p>{status}</p>\n        <p>{incidents}</p>\n",
        "p.yaml:5:17: upstreams[0].refusals.template: `{incidents}`"
    )]
    public void Refuses_a_word_in_braces_that_was_meant_for_a_placeholder(string refusals, string message) =>
        Broken(Upstream + $"    refusals: {refusals}\n", message);

    [Theory]
    [InlineData("{\"status\": {status}, \"a\": {}, \"b\": { \"c\": [\"{title}\"] }}")]
    [InlineData("const {x} = y; `${name}` {supportUrl} { status }")]
    [InlineData("<style>p{color:red}</style><script>f(){g();}</script>{incident} \\d{3} ${executed}")]
    public void Braces_that_hold_anything_else_are_text(string template) =>
        Sound(Upstream + $"    refusals: {{ template: {System.Text.Json.JsonSerializer.Serialize(template)} }}\n");

    [Fact]
    public void Every_placeholder_that_a_template_may_hold_is_replaced()
    {
        var template = string.Join(' ', RefusalTemplate.Placeholders.Select(name => $"{{{name}}}"));

        Assert.Equal(
            "404 There is no such resource. inc_1 true",
            RefusalTemplate.Fill(template, OperationGuard.UnknownOperation, "inc_1", executed: true)
        );
    }

    [Fact]
    public void Spaces_within_the_braces_of_a_placeholder_do_not_matter() =>
        Assert.Equal(
            "404 {x} {Status}",
            RefusalTemplate.Fill("{ status } {x} {Status}", OperationGuard.UnknownOperation, "inc_1", executed: false)
        );

    [Theory]
    [InlineData("bücher.example")]
    [InlineData("bÜcher.example")]
    [InlineData("xn--bcher-kva.example")]
    public void A_host_matches_as_requests_carry_it(string host) =>
        Assert.True(
            Compile($"version: 1\nupstreams:\n  - {{ address: 'http://127.0.0.1:1', hosts: ['{host}'] }}\n")
                .Snapshot!.UpstreamsByHost.ContainsKey("xn--bcher-kva.example")
        );

    [Fact]
    public void Says_everything_at_once_whether_reading_or_compiling_finds_it()
    {
        var errors = Compile(
            Upstream + "mode: on\nbudgets:\n  - { name: d, limit: 1, pool: nobody }\noperations:\n  GET /a: { ownership: x }\n"
        ).Errors;

        Assert.Equal([4, 6, 8], errors.Select(error => error.Origin.Line));
    }

    [Fact]
    public void Joins_contract_and_policy_by_shape_and_names_parameters_as_the_policy_does()
    {
        var policy = Sound(
            Upstream + "    contract: c\noperations:\n  GET /accounts/{accountId}:\n    ownership: path.accountId == token.sub\n",
            Contract
        );

        var plan = Match(policy, "GET", "/accounts/7");
        Assert.Equal("GET /accounts/{id}", plan.Operation.Id);
        Assert.NotNull(plan.RequestOwnership);
        Assert.Equal((AuthenticationWord.Required, 1UL), (plan.Authentication, plan.DeclaredClasses));
    }

    [Fact]
    public void Admits_everybody_to_logins() =>
        Assert.Equal(
            AuthenticationWord.SignIn,
            Match(Sound(Upstream + "    contract: c\n", Contract), "POST", "/login").Authentication
        );

    [Fact]
    public void Refuses_an_operation_that_the_contract_does_not_declare()
    {
        const string Text = Upstream + "    contract: c\noperations:\n  GET /acounts/{id}: {}\n";

        Assert.Contains(
            "Did you mean `GET /accounts/{id}`?",
            Assert.Single(Compile(Text, Contract).Errors).Remedy,
            StringComparison.Ordinal
        );
        Sound(Text.Replace("{}", "{ undeclared: true }", StringComparison.Ordinal), Contract);
    }

    [Fact]
    public void Budget_of_a_pool_degrades_and_keeps_a_reserve_unless_told_otherwise()
    {
        var budgets = Sound(
            Upstream
                + "budgets:\n  - { name: a, per: pool, limit: 10 }\n  - { name: b, limit: 10 }\n  - { name: c, per: pool, limit: 10, reserve: 0%, over: refuse }\n"
        ).Budgets;

        Assert.Equal([2, 0, 0], budgets.Select(budget => budget.ReservedSubjects));
        Assert.Equal([OverBudgetWord.Degrade, OverBudgetWord.Clip, OverBudgetWord.Refuse], budgets.Select(budget => budget.Over));
    }

    [Theory]
    [InlineData("path.id == token.sub || token.role == \"agent\"", "sub")]
    [InlineData("token.phone == path.id && path.id in token.accounts", "accounts,phone")]
    [InlineData("token.role == \"agent\" && !(path.id == token.sub)", "")]
    public void Claims_that_ownership_compares_with_what_is_asked_for_name_what_is_ones_own(string condition, string claims)
    {
        var policy = Sound(Upstream + $"operations:\n  GET /a/{{id}}: {{ ownership: ['{condition}'] }}\n");

        Assert.Equal(claims, string.Join(',', Match(policy, "GET", "/a/1").OwnClaims));
    }

    [Fact]
    public void Gives_operations_the_budgets_that_name_them_and_those_of_all()
    {
        var policy = Sound(
            Upstream
                + "budgets:\n  - { name: all, limit: 9 }\n  - { name: one, limit: 5, operations: [GET /b, GET /a] }\noperations:\n  GET /a: {}\n  GET /b: {}\n  GET /c: {}\n"
        );

        Assert.Equal(["all", "one"], policy.Budgets.Select(budget => budget.Name));
        Assert.Equal(["all", "one"], Match(policy, "GET", "/a").Budgets.Select(budget => budget.Name));
        Assert.Equal(["all"], Match(policy, "GET", "/c").Budgets.Select(budget => budget.Name));
        Assert.Equal("GET /a,GET /b", Match(policy, "GET", "/b").Budgets[1].Group);
    }

    [Fact]
    public void Keeps_the_identity_of_operations_over_reloads()
    {
        const string Text = Upstream + "operations:\n  GET /a: {}\n";

        Assert.Same(Match(Sound(Text), "GET", "/a").Operation, Match(Sound(Text), "GET", "/a").Operation);
    }

    [Fact]
    public void Leaves_no_operation_behind_when_a_policy_is_broken()
    {
        Broken(Upstream + "operations:\n  GET /a: { ownership: x }\n  GET /b: {}\n", "`x` is no fact.");

        Assert.Equal(0, _operations.All.Length);
    }

    [Theory]
    [InlineData("PORTCULLIS_MODE", "enforce", "")]
    [InlineData("PORTCULLIS_OPERATIONS__GET_ACCOUNTS_ID__MODE", "enforce", "")]
    [InlineData("PORTCULLIS_UPSTREAMS__0__HOSTS", "a.example.com, b.example.com", "")]
    [InlineData("PORTCULLIS_UPSTREAMS__1__ADDRESS", "http://localhost:5001", "both answer to every host")]
    [InlineData("PORTCULLIS_SERVICE_HOST", "10.0.0.1", "")]
    [InlineData("PORTCULLIS_MDOE", "enforce", "PORTCULLIS_MDOE: `MDOE` is no key. Did you mean `MODE`?")]
    [InlineData("PORTCULLIS_MODE", "on", "PORTCULLIS_MODE: mode: `on` is not a word of this key.")]
    [InlineData("PORTCULLIS_HOLD__PERBODY", "1", "PORTCULLIS_HOLD__PERBODY: hold.perBody: `1` is not a size")]
    [InlineData("PORTCULLIS_HOLD", "1", "The name stops at a group of keys.")]
    [InlineData("PORTCULLIS_LISTEN__5", "http://localhost", "comes after a gap")]
    [InlineData("PORTCULLIS_OPERATIONS__GET_X__MODE", "monitor", "The file lists no operation `GET_X`.")]
    public void Lays_the_environment_over_the_file_and_names_the_variable_in_errors(string variable, string value, string message)
    {
        var settings = PolicyEnvironment.Read([new(variable, value)]);
        var reading = PolicyReader.Read(Upstream + "operations:\n  GET /accounts/{id}: {}\n", "p.yaml", settings);

        var errors = PolicyCompiler.Compile(reading, Context([])).Errors;

        Assert.Equal(message.Length > 0, errors.Count > 0);
        Assert.Contains(message, string.Join('\n', errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_flags_win_over_the_environment_and_both_over_the_file()
    {
        PolicySetting[] settings =
        [
            .. PolicyEnvironment.Read([new("PORTCULLIS_MODE", "enforce"), new("PORTCULLIS_INSTANCES", "4")]),
            PolicySetting.OfFlag("mode", "monitor", "--mode"),
        ];

        var options = PolicyReader.Read(Upstream + "mode: enforce\ninstances: 2\n", "p.yaml", settings).Options!;

        Assert.Equal((Mode.Monitor, 4), (options.Mode, options.Instances));
    }

    [Fact]
    public void Needs_no_file_when_flags_say_everything()
    {
        var loaded = new PolicyLoader().Load(
            null,
            [PolicySetting.OfFlag("upstreams.0.address", "http://localhost:5000", "--upstream")],
            _operations
        );

        Assert.True(loaded.IsSound, string.Join('\n', loaded.Errors));
        Assert.Equal("localhost", loaded.Snapshot.FindUpstream("any.example.com")!.Name);
    }

    private PolicySnapshot Sound(string text, params ContractOperation[] contract)
    {
        var compilation = Compile(text, contract);
        Assert.True(compilation.Snapshot is not null, string.Join('\n', compilation.Errors));
        return compilation.Snapshot;
    }

    private void Broken(string text, string message) =>
        Assert.Contains(message, string.Join('\n', Compile(text).Errors), StringComparison.Ordinal);

    private PolicyCompilation Compile(string text, params ContractOperation[] contract) =>
        PolicyCompiler.Compile(
            PolicyReader.Read(text.Replace("contract: c\n", $"contract: {Anything}\n", StringComparison.Ordinal), "p.yaml"),
            Context(contract)
        );

    // The seam is given the operations; the file only has to be there.
    private static string Anything => RepositoryFolder.Of("Portcullis.slnx");

    private PolicyContext Context(ContractOperation[] contract) =>
        new()
        {
            Operations = _operations,
            ReadContract = _ => new ContractReading(contract, []),
            DataClasses = PolicyLoader.DataClasses,
        };

    private static OperationPlan Match(PolicySnapshot policy, string method, string target)
    {
        var exchange = new Exchange
        {
            Method = method,
            RawTarget = target,
            RequestHeaders = new HeaderList(),
        };
        exchange.HasCanonicalTarget = CanonicalTarget.Read(exchange);
        return policy.FindUpstream("any")!.Router.Match(exchange, out _)!;
    }
}

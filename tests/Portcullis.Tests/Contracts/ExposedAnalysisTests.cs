using Portcullis.Core;
using Portcullis.Core.Contracts.Exposed;
using Portcullis.Core.Policy;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;

namespace Portcullis.Tests.Contracts;

public sealed class ExposedAnalysisTests
{
    private const string Person =
        "responses: {200: {description: ok, content: {application/json: {schema: {properties: {email: {type: string}}}}}}}";
    private const string People =
        "responses: {200: {description: ok, content: {application/json: {schema: {type: array, items: {properties: {email: {type: string}}}}}}}}";
    private const string Key = "components: {securitySchemes: {key: {type: apiKey, in: header, name: k}}}";

    [Theory]
    [InlineData("anonymous-personal-data", "  /me: {get: {" + Person + "}}")]
    [InlineData("object-without-owner", "  /a/{accountId}: {get: {security: [{key: []}], " + Person + "}}")]
    [InlineData(
        "lookup-by-contact",
        "  /members/{email}: {get: {parameters: [{name: email, in: path, required: true, schema: {type: string}}], "
            + Person
            + "}}"
    )]
    [InlineData(
        "enumerable-ids",
        "  /a/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: integer}}], " + Person + "}}"
    )]
    [InlineData("many-people", "  /a: {get: {" + People + "}}")]
    [InlineData(
        "batch-of-objects",
        "  /a: {post: {requestBody: {content: {application/json: {schema: {properties: {ids: {type: array, items: {type: string}}}}}}}, "
            + People
            + "}}"
    )]
    [InlineData(
        "secrets-in-answers",
        "  /a: {get: {responses: {200: {description: ok, content: {application/json: {schema: {properties: {passwordHash: {}}}}}}}}}"
    )]
    [InlineData(
        "tokens-minted",
        "  /viewas: {post: {responses: {200: {description: ok, content: {application/json: {schema: {properties: {access_token: {}}}}}}}}}"
    )]
    [InlineData(
        "value-transfer",
        "  /withdrawals: {post: {requestBody: {content: {application/json: {schema: {properties: {amount: {type: number}}}}}}}}"
    )]
    [InlineData(
        "mass-assignment",
        "  /a: {patch: {requestBody: {content: {application/json: {schema: {properties: {isAdmin: {type: boolean}}}}}}}}"
    )]
    [InlineData("old-version", "  /v1/a: {get: {}}\n  /v2/a: {get: {}}")]
    [InlineData("undeclared-authentication", "  /a: {get: {}}")]
    public void Each_pattern_is_found_with_a_reason_and_one_line_of_policy(string pattern, string paths)
    {
        var findings = ExposedAnalysis.Run(ContractText.Paths(paths, Key).Operations);

        var finding = Assert.Single(findings, f => f.PatternId == pattern);
        Assert.NotEmpty(finding.Breach);
        Assert.NotEmpty(finding.Why);
        Assert.Contains(finding.OperationId, finding.PolicyLine, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', finding.PolicyLine);
        Assert.Empty(ErrorsOf(paths, finding.PolicyLine));
    }

    [Fact]
    public void Lines_of_operations_with_long_paths_have_names_of_their_own()
    {
        var path = "/organisations/{organisationId}/departments/{departmentId}/members";
        var paths = $"  {path}/of: {{get: {{{People}}}}}\n  {path}/by: {{get: {{{People}}}}}";

        var lines = ExposedAnalysis
            .Run(ContractText.Paths(paths, Key).Operations)
            .Where(finding => finding.PatternId == "many-people")
            .Select(finding => finding.PolicyLine["budgets: [ ".Length..^" ]".Length])
            .ToArray();

        Assert.Equal(2, lines.Length);
        Assert.Empty(ErrorsOf(paths, $"budgets: [ {string.Join(", ", lines)} ]"));
    }

    [Theory]
    [InlineData("anonymous-personal-data", false)]
    [InlineData("object-without-owner", true)]
    [InlineData("lookup-by-contact", false)]
    [InlineData("lookup-by-contact", true)]
    [InlineData("secrets-in-answers", true)]
    [InlineData("tokens-minted", false)]
    [InlineData("tokens-minted", true)]
    [InlineData("value-transfer", false)]
    [InlineData("value-transfer", true)]
    [InlineData("mass-assignment", true)]
    [InlineData("old-version", false)]
    [InlineData("old-version", true)]
    [InlineData("undeclared-authentication", false)]
    public void No_line_says_what_holds_already(string pattern, bool isSecured)
    {
        var security = isSecured ? "security: [{key: []}], " : "";
        var paths = """
              /v1/accounts/{accountId}: {patch: {SECURITYrequestBody: {content: {application/json: {schema: {properties: {isAdmin: {type: boolean}}}}}},
                parameters: [{name: email, in: query, schema: {type: string}}],
                responses: {200: {description: ok, content: {application/json: {schema: {properties: {email: {}, passwordHash: {}, access_token: {} }}}}}}}}
              /v1/profiles: {get: {SECURITYparameters: [{name: email, in: query, schema: {type: string}}], PERSON}}
              /v1/withdrawals: {post: {SECURITYrequestBody: {content: {application/json: {schema: {properties: {amount: {type: number}}}}}},
                responses: {200: {description: ok}}}}
              /v2/profiles: {get: {SECURITYPERSON}}
            """.Replace("SECURITY", security).Replace("PERSON", Person);

        var findings = ExposedAnalysis
            .Run(ContractText.Paths(paths, Key).Operations)
            .Where(one => one.PatternId == pattern)
            .ToArray();

        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.NotEqual(Effect(paths, ""), Effect(paths, finding.PolicyLine)));
    }

    // What a line can change of what is done.
    private static string Effect(string paths, string line)
    {
        var operations = new OperationRegistry();
        var router = Load(paths, line, operations).Snapshot!.DefaultUpstream!.Router;
        return string.Join(
            '\n',
            operations
                .All.ToArray()
                .Select(router.PlanOf)
                .OfType<OperationPlan>()
                .Select(plan =>
                    $"{plan.Authentication} {plan.Mode} {plan.RequestContract} {plan.ResponseContract} {plan.RequestOwnership is null} {plan.Budgets.Length}"
                )
        );
    }

    // What `portcullis check` says of a policy that has nothing but the contract and the line.
    private static IReadOnlyList<PolicyError> ErrorsOf(string paths, string line) =>
        Load(paths, line, new OperationRegistry()).Errors;

    private static LoadedPolicy Load(string paths, string line, OperationRegistry operations)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            Path.Combine(folder.Path, "openapi.yaml"),
            $"openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}\n{Key}\n"
        );
        var file = Path.Combine(folder.Path, "portcullis.yaml");
        File.WriteAllText(
            file,
            $"version: 1\nupstreams: [ {{ address: 'http://127.0.0.1:9', contract: openapi.yaml }} ]\n{line}\n"
        );
        return new PolicyLoader().Load(file, [], operations);
    }

    [Fact]
    public void A_sound_contract_has_no_finding()
    {
        var contract = ContractText.Paths(
            "  /login: {post: {security: [], requestBody: {content: {application/json: {schema: {properties: {email: {type: string}, password: {type: string}}}}}},"
                + " responses: {200: {description: ok, content: {application/json: {schema: {properties: {access_token: {}}}}}}}}}\n"
                + "  /me: {get: {security: [{key: []}], "
                + Person
                + "}}\n"
                + "  /people: {get: {security: [{key: []}], parameters: [{name: limit, in: query, schema: {type: integer, maximum: 50}}], "
                + People
                + "}}",
            Key
        );

        Assert.Empty(ExposedAnalysis.Run(contract.Operations));
    }

    [Fact]
    public void Pattern_ids_are_distinct() =>
        Assert.Equal(ExposedAnalysis.Patterns.Count, ExposedAnalysis.Patterns.Select(p => p.Id).Distinct().Count());
}

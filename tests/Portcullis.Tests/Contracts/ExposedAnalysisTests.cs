using Portcullis.Core.Contracts.Exposed;

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

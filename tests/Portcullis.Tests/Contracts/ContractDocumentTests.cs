using Portcullis.Core.Contracts;

namespace Portcullis.Tests.Contracts;

public sealed class ContractDocumentTests
{
    [Theory]
    [InlineData("servers: [{url: 'https://a.test/v1'}]", "/v1/x")]
    [InlineData("servers: [{url: '/v2/'}]", "/v2/x")]
    [InlineData("servers: [{url: 'https://{host}/{base}', variables: {base: {default: v3}}}]", "/v3/x")]
    [InlineData("", "/x")]
    public void Templates_carry_the_servers_base_path(string servers, string template)
    {
        var contract = ContractText.Paths("  /x: {get: {}}", servers);

        Assert.Equal(template, Assert.Single(contract.Operations).Template);
    }

    [Fact]
    public void Reads_the_base_path_and_body_parameters_of_2_0()
    {
        var contract = ContractText.Load(
            """
            swagger: '2.0'
            info: {title: t, version: '1'}
            basePath: /api
            consumes: [application/json]
            paths:
              /x/{id}:
                post:
                  parameters:
                    - {name: id, in: path, required: true, type: integer}
                    - {name: tags, in: query, type: array, items: {type: string, maxLength: 3}, collectionFormat: pipes}
                    - {name: body, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}
                  responses: {200: {description: ok, schema: {$ref: '#/definitions/Pet'}}}
            definitions:
              Pet: {type: object, required: [name], properties: {name: {type: string}}}
            """
        );

        Assert.True(contract.IsUsable, string.Join('\n', contract.Errors));
        var operation = Assert.Single(contract.Operations);
        Assert.Equal("POST /api/x/{id}", operation.Id);
        Assert.True(operation.Contract.NeedsRequestBody);
        Assert.Equal("Allow", ContractText.Judge(ContractText.Request(operation, "/api/x/7?tags=a%7Cb", """{"name": "Rex"}""")));
        Assert.Contains(
            "path parameter 'id': type",
            ContractText.Judge(ContractText.Request(operation, "/api/x/y", """{"name": "Rex"}""")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'tags': maxLength",
            ContractText.Judge(ContractText.Request(operation, "/api/x/7?tags=a%7Clong", """{"name": "Rex"}""")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "request body /: required",
            ContractText.Judge(ContractText.Request(operation, "/api/x/7", "{}")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("security: [{key: [read]}]", true, true)]
    [InlineData("security: [{key: []}, {}]", false, true)]
    [InlineData("security: []", false, true)]
    [InlineData("", false, false)]
    public void Tells_whether_credentials_are_needed(string security, bool required, bool declared)
    {
        var contract = ContractText.Paths(
            "  /x: {get: {}}",
            security + "\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: k}}}"
        );

        var operation = Assert.Single(contract.Operations);
        Assert.Equal(required, operation.RequiresAuthentication);
        Assert.Equal(declared, operation.DeclaresSecurity);
    }

    [Fact]
    public void Data_classes_come_from_the_fields_of_success_answers()
    {
        var contract = ContractText.Load(
            "openapi: 3.0.3\npaths:\n  /x:\n    get:\n      responses:\n        200: {description: ok, content: {application/json: {schema: {type: array, items: {properties: {phone: {}}}}}}}\n"
                + "        400: {description: no, content: {application/json: {schema: {properties: {email: {}}}}}}\n",
            name =>
                name switch
                {
                    "phone" => 1UL,
                    "email" => 2UL,
                    _ => 0,
                }
        );

        var operation = Assert.Single(contract.Operations);
        Assert.Equal(1UL, operation.DeclaredClasses);
        Assert.True(operation.ReturnsMany);
    }

    [Fact]
    public void References_to_files_beside_the_contract_are_read()
    {
        var folder = Directory.CreateTempSubdirectory("contract");
        try
        {
            File.WriteAllText(
                Path.Combine(folder.FullName, "common.json"),
                """{"limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 50}}}"""
            );
            var file = Path.Combine(folder.FullName, "api.yaml");
            File.WriteAllText(
                file,
                "openapi: 3.0.3\npaths:\n  /x:\n    get:\n      parameters: [{$ref: 'common.json#/limit'}]\n"
            );

            var contract = ContractDocument.Load(file);

            Assert.True(contract.IsUsable, string.Join('\n', contract.Errors));
            Assert.Contains(
                "maximum",
                ContractText.Judge(ContractText.Request(contract.Operations[0], "/x?limit=51")),
                StringComparison.Ordinal
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

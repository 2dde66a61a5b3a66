using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Portcullis.FunctionalTests.Api;

/// <summary>The served OpenAPI document says what is really mapped.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_lists_every_mapped_route_and_no_other()
    {
        await using var gateway = await AdminFixture.StartAsync();
        using var document = JsonDocument.Parse(
            await gateway.Http.GetStringAsync("/openapi.json", TestContext.Current.CancellationToken)
        );

        var written = document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(one => $"{one.Name.ToUpperInvariant()} {path.Name}"))
            .Order()
            .ToList();
        var mapped = ((IEndpointRouteBuilder)gateway.Admin)
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(one =>
                one.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(verb => $"{verb} {one.RoutePattern.RawText}")
            )
            .Where(route => route.Contains("/v1/"))
            .Order()
            .ToList();

        Assert.NotEmpty(mapped);
        Assert.Equal(mapped, written);
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_schemas_for_what_goes_in_and_out()
    {
        await using var gateway = await AdminFixture.StartAsync();
        using var document = JsonDocument.Parse(
            await gateway.Http.GetStringAsync("/openapi.json", TestContext.Current.CancellationToken)
        );

        var operations = document
            .RootElement.GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(one => one.Value))
            .ToList();

        Assert.Equal(operations.Count, operations.Select(one => one.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(
            operations,
            one =>
                Assert.Equal(
                    JsonValueKind.Object,
                    one.GetProperty("responses")
                        .GetProperty("200")
                        .GetProperty("content")
                        .GetProperty("application/json")
                        .GetProperty("schema")
                        .ValueKind
                )
        );
    }
}

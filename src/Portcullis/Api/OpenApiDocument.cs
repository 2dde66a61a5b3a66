using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Portcullis.Api;

/// <summary>The OpenAPI 3.1 document of the admin API, written from the very routes that are mapped.</summary>
internal static class OpenApiDocument
{
    private const string Json = "application/json";

    public static byte[] Write(IReadOnlyList<AdminRoute> routes)
    {
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            var path = paths[route.Path] as JsonObject;
            if (path is null)
            {
                paths[route.Path] = path = [];
            }
            path[route.Method.ToLowerInvariant()] = Operation(route);
        }
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Portcullis admin API",
                ["version"] = "1",
                ["description"] = "What operators ask of a gateway and tell it. People and callers are named by keyed hashes.",
            },
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                },
                ["schemas"] = new JsonObject { ["Problem"] = Schema(AdminJson.Default.ProblemAnswer) },
            },
        };
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            document.WriteTo(writer);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static JsonObject Operation(AdminRoute route)
    {
        var operation = new JsonObject { ["operationId"] = route.Id, ["summary"] = route.Summary };
        var parameters = new JsonArray();
        foreach (var name in PathParameters(route.Path))
        {
            parameters.Add(Parameter(name, "path", isRequired: true, null));
        }
        foreach (var (name, meaning) in route.Query)
        {
            parameters.Add(Parameter(name, "query", isRequired: false, meaning));
        }
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }
        if (route.Body is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(Json, Schema(body)) };
        }
        operation["responses"] = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = "The answer.", ["content"] = Content(Json, Schema(route.Answer)) },
            ["default"] = new JsonObject
            {
                ["description"] = "What went wrong: 400 bad input, 401 no token, 404 not found, 409 cannot be done.",
                ["content"] = Content("application/problem+json", new JsonObject { ["$ref"] = "#/components/schemas/Problem" }),
            },
        };
        return operation;
    }

    private static JsonObject Parameter(string name, string place, bool isRequired, string? meaning)
    {
        var parameter = new JsonObject
        {
            ["name"] = name,
            ["in"] = place,
            ["required"] = isRequired,
            ["schema"] = new JsonObject { ["type"] = "string" },
        };
        if (meaning is not null)
        {
            parameter["description"] = meaning;
        }
        return parameter;
    }

    private static IEnumerable<string> PathParameters(string path) =>
        path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment[1..^1]);

    private static JsonObject Content(string mediaType, JsonNode schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = schema } };

    private static JsonNode Schema(JsonTypeInfo type) => type.GetJsonSchemaAsNode();
}

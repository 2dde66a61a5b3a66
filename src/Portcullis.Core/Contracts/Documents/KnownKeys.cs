using System.Collections.Frozen;
using Portcullis.Core.Policy.Reading;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>
/// The keys that OpenAPI 2.0 to 3.2 knows in each kind of object. A misspelt one (<c>secuirty</c>, <c>requestbody</c>) would leave out a check
/// without a word, so what comes near a known key is an error; what resembles none is somebody's extension.
/// </summary>
internal static class KnownKeys
{
    // Shorter ones resemble everything.
    private const int LeastLength = 4;

    private static readonly string[] Schemas =
    [
        "$ref",
        "$id",
        "$schema",
        "$anchor",
        "$dynamicRef",
        "$dynamicAnchor",
        "$recursiveRef",
        "$recursiveAnchor",
        "$defs",
        "$comment",
        "$vocabulary",
        "definitions",
        "id",
        "title",
        "description",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "discriminator",
        "nullable",
        "type",
        "enum",
        "const",
        "multipleOf",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "minLength",
        "pattern",
        "format",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "items",
        "prefixItems",
        "additionalItems",
        "unevaluatedItems",
        "contains",
        "minContains",
        "maxContains",
        "maxItems",
        "minItems",
        "uniqueItems",
        "properties",
        "patternProperties",
        "additionalProperties",
        "unevaluatedProperties",
        "propertyNames",
        "required",
        "maxProperties",
        "minProperties",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "collectionFormat",
        "allowEmptyValue",
    ];

    public static readonly FrozenSet<string> Schema = Schemas.ToFrozenSet(StringComparer.Ordinal);

    public static readonly FrozenSet<string> Root = Of(
        "openapi",
        "swagger",
        "$self",
        "info",
        "jsonSchemaDialect",
        "servers",
        "paths",
        "webhooks",
        "components",
        "security",
        "tags",
        "externalDocs",
        "host",
        "basePath",
        "schemes",
        "consumes",
        "produces",
        "definitions",
        "parameters",
        "responses",
        "securityDefinitions"
    );

    public static readonly FrozenSet<string> Components = Of(
        "schemas",
        "responses",
        "parameters",
        "examples",
        "requestBodies",
        "headers",
        "securitySchemes",
        "links",
        "callbacks",
        "pathItems",
        "mediaTypes"
    );

    public static readonly FrozenSet<string> Operation = Of(
        "tags",
        "summary",
        "description",
        "externalDocs",
        "operationId",
        "parameters",
        "requestBody",
        "responses",
        "callbacks",
        "deprecated",
        "security",
        "servers",
        "consumes",
        "produces",
        "schemes"
    );

    public static readonly FrozenSet<string> Parameter = Of([
        .. Schemas,
        "name",
        "in",
        "summary",
        "style",
        "explode",
        "allowReserved",
        "schema",
        "content",
    ]);

    public static readonly FrozenSet<string> Body = Of("$ref", "summary", "description", "content", "required");

    public static readonly FrozenSet<string> Media = Of(
        "$ref",
        "schema",
        "itemSchema",
        "example",
        "examples",
        "encoding",
        "prefixEncoding",
        "itemEncoding"
    );

    public static readonly FrozenSet<string> Response = Of(
        "$ref",
        "summary",
        "description",
        "headers",
        "content",
        "links",
        "schema",
        "examples"
    );

    /// <summary>Reports each key that looks like a known one and is none.</summary>
    public static void CheckKeys(this ContractTree tree, Place place, FrozenSet<string> known)
    {
        foreach (var (name, value) in place.Members())
        {
            if (
                name.Length >= LeastLength
                && !known.Contains(name)
                && !name.StartsWith("x-", StringComparison.OrdinalIgnoreCase)
                && MessageText.Nearest(name, known.Where(one => !place.Has(one))) is { } nearest
            )
            {
                tree.Report(
                    value,
                    $"'{MessageText.Shown(name)}' is no key that OpenAPI knows here.",
                    $"Did you mean '{nearest}'?"
                );
            }
        }
    }

    private static FrozenSet<string> Of(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}

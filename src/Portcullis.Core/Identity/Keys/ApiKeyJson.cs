using System.Text.Json.Serialization;

namespace Portcullis.Core.Identity.Keys;

/// <summary>Source-generated JSON of the key file.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(ApiKeyDocument))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;

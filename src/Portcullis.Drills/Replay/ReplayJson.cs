using System.Text.Json.Serialization;

namespace Portcullis.Drills.Replay;

/// <summary>The JSON of replay results: camel case, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ReplayResult>))]
public sealed partial class ReplayJson : JsonSerializerContext;

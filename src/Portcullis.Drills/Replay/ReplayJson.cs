using System.Text.Json.Serialization;

namespace Portcullis.Drills.Replay;

/// <summary>The JSON of replay results with all detail: camel case, nulls written. <see cref="ReplayFigures"/> is the table alone.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ReplayResult>))]
public sealed partial class ReplayJson : JsonSerializerContext;

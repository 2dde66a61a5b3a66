using System.Text.Json.Serialization;
using Portcullis.Demo;

namespace Portcullis.Commands;

/// <summary>The JSON of command answers: camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(DemoResult))]
[JsonSerializable(typeof(ExposedAnswer))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(VersionAnswer))]
internal sealed partial class CommandJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using Portcullis.Api.Answers;

namespace Portcullis.Api;

/// <summary>The JSON of the admin API: camel case, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(CallerAnswer[]))]
[JsonSerializable(typeof(CallerNameRequest))]
[JsonSerializable(typeof(CallerNameAnswer))]
[JsonSerializable(typeof(ExposureAnswer))]
[JsonSerializable(typeof(OperationAnswer))]
[JsonSerializable(typeof(OperationAnswer[]))]
[JsonSerializable(typeof(ModeRequest))]
[JsonSerializable(typeof(BypassRequest))]
[JsonSerializable(typeof(WhoSawRequest))]
[JsonSerializable(typeof(WhoSawAnswer))]
[JsonSerializable(typeof(RestrictRequest))]
[JsonSerializable(typeof(RestrictionAnswer))]
[JsonSerializable(typeof(RestrictionAnswer[]))]
[JsonSerializable(typeof(AllowRequest))]
[JsonSerializable(typeof(AllowanceAnswer))]
[JsonSerializable(typeof(AllowanceAnswer[]))]
[JsonSerializable(typeof(IncidentAnswer))]
[JsonSerializable(typeof(UnmeasuredAnswer[]))]
[JsonSerializable(typeof(EventAnswer[]))]
[JsonSerializable(typeof(ReadyAnswer[]))]
[JsonSerializable(typeof(KeyIssueRequest))]
[JsonSerializable(typeof(KeyRotateRequest))]
[JsonSerializable(typeof(KeyAnswer[]))]
[JsonSerializable(typeof(IssuedKeyAnswer))]
internal sealed partial class AdminJson : JsonSerializerContext;

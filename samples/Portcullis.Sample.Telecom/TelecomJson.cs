using System.Text.Json.Serialization;

namespace Portcullis.Sample.Telecom;

/// <summary>The JSON of the API: camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AccountPage))]
[JsonSerializable(typeof(AccountSearch))]
[JsonSerializable(typeof(ContactChange))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Login))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(Plan[]))]
[JsonSerializable(typeof(Store[]))]
[JsonSerializable(typeof(Token))]
[JsonSerializable(typeof(UsageEntry))]
internal sealed partial class TelecomJson : JsonSerializerContext;

namespace Portcullis.Api.Answers;

/// <summary>A caller by name: an account, <c>key:NAME</c> of an API key, <c>network:ADDRESS</c>, or a hash.</summary>
internal sealed record CallerNameRequest(string Name);

using System.Text.Json.Serialization;

namespace Portcullis.Core.Identity.Keys;

/// <summary>Who holds a copy of an API key, and so whom it can name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KeySharing>))]
public enum KeySharing
{
    /// <summary>One person or tenant: the key is a rung of its own.</summary>
    None = 0,

    /// <summary>A back end for many end users: proves the back end, names nobody; its callers are a pool.</summary>
    BackEnd = 1,

    /// <summary>Every installed app: anybody can take it out of one, so it proves nothing; its callers are a pool of anonymous ones.</summary>
    Installed = 2,
}

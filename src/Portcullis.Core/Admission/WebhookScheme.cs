namespace Portcullis.Core.Admission;

/// <summary>How a webhook's signature is made and written.</summary>
public enum WebhookScheme : byte
{
    /// <summary>Hexadecimal HMAC-SHA-256 of the body.</summary>
    Hex = 0,

    /// <summary>Base64 HMAC-SHA-256 of the body.</summary>
    Base64 = 1,

    /// <summary><c>t=SECONDS,v1=HEX</c>, over <c>SECONDS.BODY</c>.</summary>
    Timestamped = 2,

    /// <summary>Standard Webhooks: <c>v1,BASE64</c> over <c>ID.SECONDS.BODY</c>, id and time in headers of their own.</summary>
    Standard = 3,
}

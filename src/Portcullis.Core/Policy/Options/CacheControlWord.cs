namespace Portcullis.Core.Policy.Options;

/// <summary>What becomes of Cache-Control on answers with personal data.</summary>
public enum CacheControlWord : byte
{
    NoStore = 0,
    Keep = 1,
}

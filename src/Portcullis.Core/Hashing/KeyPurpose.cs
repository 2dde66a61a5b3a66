namespace Portcullis.Core.Hashing;

/// <summary>What a keyed hash is for; each purpose has its own derived key, so hashes of two purposes never compare.</summary>
public enum KeyPurpose
{
    /// <summary>The canonical key of a subject.</summary>
    Subject = 0,

    /// <summary>Another value by which a subject is known (phone, mail, account).</summary>
    Alias = 1,

    /// <summary>A verified rung of a caller's identity.</summary>
    Caller = 2,

    /// <summary>An object named in a request or a response.</summary>
    Object = 3,

    /// <summary>A credential (token, session cookie) as a cache key.</summary>
    Credential = 4,

    /// <summary>A client network prefix.</summary>
    Network = 5,
}

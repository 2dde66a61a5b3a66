namespace Portcullis.Core.Classification;

/// <summary>What a data class tells of a person.</summary>
public enum DataClassKind : byte
{
    /// <summary>Names exactly one person or account (account number, e-mail, national id).</summary>
    Identifier = 0,

    /// <summary>Personal, yet shared by many (name, birth date, address).</summary>
    Personal = 1,

    /// <summary>Lets its holder act (password hash, token, API key).</summary>
    Secret = 2,
}

namespace Portcullis.Core.Traffic;

/// <summary>Whether an operation may be called without a verified identity.</summary>
public enum AuthenticationWord : byte
{
    /// <summary>As the contract says; where it says nothing, anonymous passes until personal data is seen or declared.</summary>
    Learned = 0,
    Required = 1,

    /// <summary>Anonymous passes even where personal data leaves: directories, public contact data.</summary>
    Public = 2,

    /// <summary>Anonymous passes, and an answer may carry the record of one person: login, sign-up, reset and token operations.</summary>
    SignIn = 3,

    /// <summary>Anonymous passes, and an answer may carry personal values that the request itself carried: guest checkout, sign-up.</summary>
    Guest = 4,
}

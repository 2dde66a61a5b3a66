namespace Portcullis.Core.Policy;

/// <summary>Whether an operation may be called without a verified identity.</summary>
public enum AuthenticationWord : byte
{
    /// <summary>As the contract says; where it says nothing, anonymous passes until personal data is seen or declared.</summary>
    Learned = 0,
    Required = 1,

    /// <summary>Anonymous passes even where personal data leaves: public contact data, guest checkout, login, webhooks.</summary>
    Public = 2,
}

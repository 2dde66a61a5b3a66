namespace Portcullis.Drills.Scenarios;

/// <summary>What an upstream verifies before it answers.</summary>
public enum UpstreamCheck
{
    Nothing,

    /// <summary>Any valid credential.</summary>
    Credential,

    /// <summary>A valid credential, and that a customer's record is the customer's own.</summary>
    Owner,
}

namespace Portcullis.Drills.Scenarios;

/// <summary>What a simulated caller shows.</summary>
public enum CredentialKind
{
    None,
    Customer,
    Agent,
    Partner,
}

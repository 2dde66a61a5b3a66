namespace Portcullis.Drills.Scenarios;

/// <summary>What the gateway was told before the attack.</summary>
public enum KnowledgeLevel
{
    /// <summary>The upstream's address and nothing else.</summary>
    None,

    /// <summary>Seven days of monitored traffic, in which the attacker may already act; then what the product itself proposes.</summary>
    Learned,

    /// <summary>The contract, and who signs tokens.</summary>
    Spec,

    /// <summary>The contract, plus ownership and budgets.</summary>
    Policy,
}

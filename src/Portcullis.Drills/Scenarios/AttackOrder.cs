namespace Portcullis.Drills.Scenarios;

/// <summary>In which order an attacker walks the people.</summary>
public enum AttackOrder
{
    Shuffled,
    Sequential,
}

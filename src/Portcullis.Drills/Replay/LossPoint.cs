namespace Portcullis.Drills.Replay;

/// <summary>Records lost up to a time.</summary>
/// <param name="Seconds">Since the main phase of the attack began; below 0 before it.</param>
/// <param name="Without">Without the gate.</param>
/// <param name="With">With the gate.</param>
public sealed record LossPoint(double Seconds, long Without, long With);

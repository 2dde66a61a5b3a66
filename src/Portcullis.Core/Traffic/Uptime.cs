namespace Portcullis.Core.Traffic;

/// <summary>How long the machine has been up and which of its boots that is: a clock nobody sets, by which a stepped wall clock shows.</summary>
/// <param name="Boot">Differs from boot to boot.</param>
/// <param name="Milliseconds">Since that boot.</param>
public sealed record Uptime(string Boot, long Milliseconds);

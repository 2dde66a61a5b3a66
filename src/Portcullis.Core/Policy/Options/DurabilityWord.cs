namespace Portcullis.Core.Policy.Options;

/// <summary>What a journalled record survives.</summary>
public enum DurabilityWord : byte
{
    /// <summary>The end of the process, however sudden.</summary>
    Process = 0,

    /// <summary>The loss of power: written through to the disk, several records at a time.</summary>
    Power = 1,
}

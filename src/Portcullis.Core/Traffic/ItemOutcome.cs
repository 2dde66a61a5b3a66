namespace Portcullis.Core.Traffic;

/// <summary>What happens to one item of an answer.</summary>
public enum ItemOutcome : byte
{
    Released = 0,
    Masked = 1,
    Dropped = 2,
}

namespace Portcullis.Core.Policy.Options;

/// <summary>What a caller sees of what is not theirs.</summary>
public enum ForeignWord : byte
{
    Forbidden = 0,
    NotFound = 1,
}

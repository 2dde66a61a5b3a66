namespace Portcullis.Core.Classification;

/// <summary>Which kinds of character a value has: computed once per value, so that only classes that can match are asked.</summary>
[Flags]
public enum ValueTraits : byte
{
    None = 0,
    Digit = 1,
    Letter = 2,
    At = 4,
    Dot = 8,
    Dollar = 16,
    Plus = 32,

    /// <summary>Space, hyphen, slash, parentheses: what people group digits with.</summary>
    Separator = 64,

    Other = 128,
}

namespace Portcullis.Core.Expressions;

/// <summary>The UTF-8 text of one value, or unknown.</summary>
internal readonly ref struct OperandValue
{
    public OperandValue(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
        IsKnown = true;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public bool IsKnown { get; }
}

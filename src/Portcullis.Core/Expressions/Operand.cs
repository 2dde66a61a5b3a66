namespace Portcullis.Core.Expressions;

/// <summary>One side of a comparison: no value (unknown), one, or several (claims).</summary>
internal abstract class Operand
{
    /// <summary>Longest value in bytes; longer ones are unknown.</summary>
    public const int MaxLength = 1024;

    /// <summary>True for what the policy itself wrote.</summary>
    public virtual bool IsLiteral => false;

    /// <summary>How many values it has here; 0 when it is unknown.</summary>
    public abstract int Count(Exchange exchange, int item);

    /// <summary>One of its values; <paramref name="scratch"/> has <see cref="MaxLength"/> bytes for those that must be decoded.</summary>
    public abstract OperandValue Read(Exchange exchange, int item, int index, Span<byte> scratch);
}

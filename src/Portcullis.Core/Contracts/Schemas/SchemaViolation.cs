namespace Portcullis.Core.Contracts.Schemas;

/// <summary>Where a value broke its schema and by which rule; never what the value was.</summary>
/// <param name="Token">Index on the tape.</param>
/// <param name="Rule">The keyword.</param>
internal readonly record struct SchemaViolation(int Token, string? Rule)
{
    public bool IsNone => Rule is null;
}

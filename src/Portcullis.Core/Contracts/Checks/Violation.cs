namespace Portcullis.Core.Contracts.Checks;

/// <summary>How a message breaks its contract.</summary>
/// <param name="Kind">None when it does not.</param>
/// <param name="Text">Place and rule, for operators; never a value.</param>
internal readonly record struct Violation(ViolationKind Kind, string? Text)
{
    public static readonly Violation None;

    public bool IsNone => Kind == ViolationKind.None;
}

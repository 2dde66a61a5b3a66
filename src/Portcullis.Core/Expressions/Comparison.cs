namespace Portcullis.Core.Expressions;

/// <summary>How two values are compared.</summary>
internal enum Comparison
{
    Equal,
    StartsWith,
    Less,
    LessOrEqual,
}

namespace Portcullis.Core.Expressions;

/// <summary>Ends parsing at the first thing that is wrong with an expression.</summary>
internal sealed class ExpressionStop(int position, string message, string remedy) : Exception(message)
{
    public ExpressionError Error { get; } = new(position, message, remedy);
}

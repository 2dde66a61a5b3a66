namespace Portcullis.Core.Expressions;

/// <summary>Kinds of symbols in an expression's text.</summary>
internal enum TokenKind
{
    End,
    Name,
    Text,
    Number,
    Symbol,
}

namespace Portcullis.Core.Expressions;

/// <summary>One symbol of an expression's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of quoted text what is between the quotes.</param>
/// <param name="Position">0-based character at which it starts.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public string Shown => Kind == TokenKind.End ? "the end" : $"`{MessageText.Shown(Text)}`";
}

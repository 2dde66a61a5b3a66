namespace Portcullis.Api.Answers;

/// <summary>A key just made; its text is shown this once.</summary>
internal sealed record IssuedKeyAnswer(KeyAnswer Key, string Text)
{
    public override string ToString() => $"{Key.Id} …";
}

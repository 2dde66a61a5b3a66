namespace Portcullis.Api.Answers;

/// <summary>Asks who received a person's record. The text is hashed at once and kept nowhere.</summary>
/// <param name="Subject">A phone number, e-mail address, account number or other identifier of the person.</param>
/// <param name="Take">Most exposures answered; 1 to 10,000.</param>
internal sealed record WhoSawRequest(string Subject, int Take = 1000)
{
    public override string ToString() => "subject …";
}

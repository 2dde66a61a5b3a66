namespace Portcullis.AspNetCore;

/// <summary>Stops whoever is still writing an answer that has been refused.</summary>
public sealed class WithheldException : IOException
{
    public WithheldException()
        : base("The answer was withheld; the rest of it is not read.") { }

    public WithheldException(string message)
        : base(message) { }

    public WithheldException(string message, Exception inner)
        : base(message, inner) { }
}

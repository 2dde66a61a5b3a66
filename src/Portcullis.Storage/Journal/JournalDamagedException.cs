namespace Portcullis.Storage.Journal;

/// <summary>A journal record in the middle is damaged: opening would silently lose it, so the journal refuses.</summary>
public sealed class JournalDamagedException : IOException
{
    public JournalDamagedException() { }

    public JournalDamagedException(string message)
        : base(message) { }

    public JournalDamagedException(string message, Exception innerException)
        : base(message, innerException) { }
}

namespace Portcullis.Storage;

/// <summary>The data folder or its key cannot be used; the message says what to do.</summary>
public sealed class DataFolderException : IOException
{
    public DataFolderException() { }

    public DataFolderException(string message)
        : base(message) { }

    public DataFolderException(string message, Exception innerException)
        : base(message, innerException) { }
}

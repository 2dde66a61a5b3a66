namespace Portcullis.Storage.Sqlite;

/// <summary>When and how often it happened, and the data classes that went along.</summary>
internal struct ExposureRow
{
    public long First;
    public long Last;
    public ulong Classes;
    public int Count;
}

using Portcullis.Core.Journal;

namespace Portcullis.Storage;

/// <summary>The time a journal record carries.</summary>
internal static class RecordTime
{
    /// <summary>Milliseconds since the Unix epoch; 0 for a record without a time.</summary>
    public static long Of(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record);
        switch ((RecordKind)reader.Byte())
        {
            case RecordKind.Exchange:
                _ = reader.Byte();
                _ = reader.Number();
                return (long)reader.Number();
            case RecordKind.Event:
                return (long)reader.Number();
            default:
                return 0;
        }
    }
}

using Portcullis.Core.Journal;

namespace Portcullis.Core.Records;

/// <summary>A reason's id got the number under which exchanges name it.</summary>
public sealed record NameRecord(int Number, string Name)
{
    public void Write(RecordWriter writer)
    {
        writer.Byte((byte)RecordKind.Name);
        writer.Number((ulong)Number);
        writer.Text(Name);
    }

    /// <summary>Reads a record whose kind byte has been read.</summary>
    public static NameRecord Read(ref RecordReader reader) => new(reader.Count(), reader.Text());
}

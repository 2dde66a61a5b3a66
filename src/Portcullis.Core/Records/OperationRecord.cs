using Portcullis.Core.Journal;

namespace Portcullis.Core.Records;

/// <summary>An operation got its index.</summary>
public sealed record OperationRecord(int Index, string Upstream, string Method, string Template, bool IsDeclared)
{
    public void Write(RecordWriter writer)
    {
        writer.Byte((byte)RecordKind.Operation);
        writer.Number((ulong)Index);
        writer.Text(Upstream);
        writer.Text(Method);
        writer.Text(Template);
        writer.Byte(IsDeclared ? (byte)1 : (byte)0);
    }

    /// <summary>Reads a record whose kind byte has been read.</summary>
    public static OperationRecord Read(ref RecordReader reader) =>
        new(reader.Count(), reader.Text(), reader.Text(), reader.Text(), reader.Byte() != 0);
}

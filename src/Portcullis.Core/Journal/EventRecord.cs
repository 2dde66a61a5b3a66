namespace Portcullis.Core.Journal;

/// <summary>Something a judge reads changed, or an operator acted: rare, so its detail is a flat list of names and values.</summary>
/// <param name="At">Gate time, milliseconds since the Unix epoch.</param>
/// <param name="Kind">For example <c>policy</c>, <c>restrict</c>, <c>release</c>, <c>mode</c>, <c>bypass</c>, <c>allow</c>, <c>account</c>.</param>
/// <param name="Detail">Names and values, in order; nothing personal.</param>
public sealed record EventRecord(long At, string Kind, IReadOnlyList<KeyValuePair<string, string>> Detail)
{
    /// <summary>The value of a detail, or null.</summary>
    public string? this[string name] => Detail.FirstOrDefault(pair => pair.Key == name).Value;

    public void Write(RecordWriter writer)
    {
        writer.Byte((byte)RecordKind.Event);
        writer.Number((ulong)At);
        writer.Text(Kind);
        writer.Number((ulong)Detail.Count);
        foreach (var (name, value) in Detail)
        {
            writer.Text(name);
            writer.Text(value);
        }
    }

    /// <summary>Reads a record whose kind byte has been read.</summary>
    public static EventRecord Read(ref RecordReader reader)
    {
        var at = (long)reader.Number();
        var kind = reader.Text();
        var detail = new KeyValuePair<string, string>[reader.Count(1 << 16)];
        for (var i = 0; i < detail.Length; i++)
        {
            detail[i] = new(reader.Text(), reader.Text());
        }
        return new EventRecord(at, kind, detail);
    }
}

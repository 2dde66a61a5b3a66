using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Reads separated values (RFC 4180, also with semicolon or tab): the first row names the columns, every other row is an item.</summary>
internal static class CsvBody
{
    private const int MaxColumns = 256;

    /// <summary>Reads the body from <paramref name="at"/> on.</summary>
    public static bool Read(BodyReading reading, ReadOnlySpan<byte> body, int at)
    {
        var separator = SeparatorOf(body[at..]);
        // Spreadsheets put a line before the names that says how columns are separated.
        if (body[at..] is [(byte)'s', (byte)'e', (byte)'p', (byte)'=', var said, (byte)'\r' or (byte)'\n', ..])
        {
            separator = said;
            at += 5 + body[(at + 5)..].IndexOf((byte)'\n') + 1;
        }
        Span<FieldMeaning> columns = stackalloc FieldMeaning[MaxColumns];
        columns.Fill(FieldMeaning.None);
        var subject = -1;
        reading.Open(isList: true, 0, FieldMeaning.None);
        var row = 0;
        while (at < body.Length)
        {
            var start = at;
            var column = 0;
            reading.Open(isList: false, at, FieldMeaning.None);
            while (true)
            {
                var length = FieldLength(body[at..], separator);
                var raw = body.Slice(at, length);
                var buffer = reading.Buffer(raw.Length);
                var text = buffer[..ValueText.Csv(raw, buffer)];
                var known = column < MaxColumns ? columns[column] : FieldMeaning.None;
                var isSubject = column == subject;
                if (row == 0 && column < MaxColumns)
                {
                    columns[column] = DataClasses.Names.Find(text);
                    subject = reading.SubjectField.Length > 0 && text.SequenceEqual(reading.SubjectField) ? column : subject;
                }
                reading.Value(known, text, new TextRange(at, length), isSubject);
                at += length;
                column++;
                if (at >= body.Length || body[at] != separator)
                {
                    break;
                }
                at++;
            }
            at += at < body.Length && body[at] == '\r' ? 1 : 0;
            at += at < body.Length && body[at] == '\n' ? 1 : 0;
            // Anything else here is text behind a closing quote: the next round takes it as a row of its own.
            reading.Close(at);
            at += at == start ? 1 : 0;
            row++;
        }
        reading.Close(body.Length);
        return true;
    }

    private static byte SeparatorOf(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)'\n');
        var first = end < 0 ? body : body[..end];
        var commas = first.Count((byte)',');
        var semicolons = first.Count((byte)';');
        var tabs = first.Count((byte)'\t');
        var bars = first.Count((byte)'|');
        return bars > commas && bars > semicolons && bars > tabs ? (byte)'|'
            : tabs > commas && tabs > semicolons ? (byte)'\t'
            : semicolons > commas ? (byte)';'
            : (byte)',';
    }

    private static int FieldLength(ReadOnlySpan<byte> rest, byte separator)
    {
        if (rest is [(byte)'"', ..])
        {
            for (var i = 1; i < rest.Length; i++)
            {
                if (rest[i] != '"')
                {
                    continue;
                }
                if (i + 1 < rest.Length && rest[i + 1] == '"')
                {
                    i++;
                    continue;
                }
                return i + 1;
            }
            return rest.Length;
        }
        var end = rest.IndexOfAny(separator, (byte)'\n', (byte)'\r');
        return end < 0 ? rest.Length : end;
    }
}

using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Reads a body of <c>name=value</c> pairs joined by <c>&amp;</c>.</summary>
internal static class FormBody
{
    public static bool Read(BodyReading reading, ReadOnlySpan<byte> body)
    {
        reading.Open(isList: false, 0, FieldMeaning.None);
        var start = 0;
        while (start < body.Length)
        {
            var pair = body[start..];
            var end = pair.IndexOf((byte)'&');
            pair = end < 0 ? pair : pair[..end];
            var equals = pair.IndexOf((byte)'=');
            if (equals >= 0)
            {
                var buffer = reading.Buffer(pair.Length);
                var name = buffer[..ValueText.Form(pair[..equals], buffer)];
                var meaning = DataClasses.Names.Find(name);
                var isSubject = reading.SubjectField.Length > 0 && name.SequenceEqual(reading.SubjectField);
                var raw = pair[(equals + 1)..];
                var value = buffer[..ValueText.Form(raw, buffer)];
                reading.Value(meaning, value, new TextRange(start + equals + 1, raw.Length), isSubject);
            }
            start += pair.Length + 1;
        }
        reading.Close(body.Length);
        return true;
    }
}

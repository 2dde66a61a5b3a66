using System.Buffers;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Reads XML tags, attributes and text without resolving anything: no entity, no reference, no schema is ever fetched.</summary>
internal static class XmlBody
{
    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n/>"u8);

    /// <summary>False when a tag does not end, ends do not match beginnings in number, or nesting is too deep.</summary>
    public static bool Read(BodyReading reading, ReadOnlySpan<byte> body)
    {
        reading.Open(isList: false, 0, FieldMeaning.None);
        Span<FieldMeaning> names = stackalloc FieldMeaning[BodyReading.MaxDepth + 2];
        Span<bool> subjects = stackalloc bool[BodyReading.MaxDepth + 2];
        Span<Sibling> siblings = stackalloc Sibling[BodyReading.MaxDepth + 2];
        var open = reading.Depth;
        var at = 0;
        while (at < body.Length)
        {
            var tag = body[at..].IndexOf((byte)'<');
            var text = tag < 0 ? body.Length - at : tag;
            Text(reading, body, new TextRange(at, text), names[reading.Depth], subjects[reading.Depth], reading.Depth > open);
            at += text;
            if (at >= body.Length)
            {
                break;
            }
            var length = TagLength(body[at..]);
            if (length < 0)
            {
                return false;
            }
            if (!Markup(reading, body, new TextRange(at, length), open, names, subjects, siblings))
            {
                return false;
            }
            at += length;
        }
        if (reading.Depth != open)
        {
            return false;
        }
        reading.Close(body.Length);
        return true;
    }

    private static bool Markup(
        BodyReading reading,
        ReadOnlySpan<byte> body,
        TextRange range,
        int open,
        Span<FieldMeaning> names,
        Span<bool> subjects,
        Span<Sibling> siblings
    )
    {
        var tag = body.Slice(range.Start, range.Length);
        var end = range.Start + range.Length;
        var depth = reading.Depth;
        if (tag.StartsWith("<![CDATA["u8))
        {
            var text = new TextRange(range.Start + 9, Math.Max(0, range.Length - 12));
            Text(reading, body, text, names[depth], subjects[depth], depth > open);
            return true;
        }
        if (tag[1] == '/')
        {
            if (depth > open)
            {
                End(reading, end, siblings);
            }
            return depth > open;
        }
        if (tag[1] is (byte)'!' or (byte)'?')
        {
            TextBody.Scan(reading, tag, range.Start);
            // Entities defined in the document stand for text that is not where it is read.
            return !tag.StartsWith("<!DOCTYPE"u8) || !tag.Contains((byte)'[');
        }
        if (!StartTag(reading, tag, range.Start, names, subjects))
        {
            return false;
        }
        Join(reading, body, new TextRange(range.Start + 1, NameLength(tag[1..])), siblings);
        if (tag[^2] == '/')
        {
            End(reading, end, siblings);
        }
        return true;
    }

    private static void Text(
        BodyReading reading,
        ReadOnlySpan<byte> body,
        TextRange range,
        in FieldMeaning meaning,
        bool isSubject,
        bool hasElement
    )
    {
        var raw = body.Slice(range.Start, range.Length);
        var trimmed = raw.Trim(" \t\r\n"u8);
        if (trimmed.IsEmpty || !hasElement)
        {
            return;
        }
        var start = range.Start + raw.IndexOf(trimmed[0]);
        var buffer = reading.Buffer(trimmed.Length);
        var text = buffer[..ValueText.Xml(trimmed, buffer)];
        reading.OuterValue(meaning, text, new TextRange(start, trimmed.Length), isSubject);
    }

    private static bool StartTag(
        BodyReading reading,
        ReadOnlySpan<byte> tag,
        int offset,
        Span<FieldMeaning> names,
        Span<bool> subjects
    )
    {
        var end = tag[1..].IndexOfAny(NameEnds) + 1;
        var name = LocalName(tag[1..end]);
        var meaning = DataClasses.Names.Find(name);
        if (!reading.Open(isList: false, offset, meaning))
        {
            return false;
        }
        names[reading.Depth] = meaning;
        subjects[reading.Depth] = reading.SubjectField.Length > 0 && name.SequenceEqual(reading.SubjectField);
        Attributes(reading, tag, end, offset);
        return true;
    }

    private static int NameLength(ReadOnlySpan<byte> tag) => tag.IndexOfAny(NameEnds);

    // Elements of one name beside each other are a list, which the first of them could not know.
    private static void Join(BodyReading reading, ReadOnlySpan<byte> body, TextRange name, Span<Sibling> siblings)
    {
        ref var before = ref siblings[reading.Depth];
        if (
            name.Length > 0
            && before.Name.Length == name.Length
            && body.Slice(before.Name.Start, name.Length).SequenceEqual(body.Slice(name.Start, name.Length))
        )
        {
            reading.MarkElement(before.Node);
            reading.MarkElement();
        }
        before = new Sibling { Name = name, Node = -1 };
        siblings[reading.Depth + 1] = default;
    }

    private static void End(BodyReading reading, int end, Span<Sibling> siblings)
    {
        siblings[reading.Depth].Node = reading.Node;
        reading.Close(end);
    }

    private static void Attributes(BodyReading reading, ReadOnlySpan<byte> tag, int at, int offset)
    {
        while (at < tag.Length)
        {
            var equals = tag[at..].IndexOf((byte)'=');
            if (equals < 0)
            {
                return;
            }
            var name = LocalName(tag.Slice(at, equals).Trim(" \t\r\n"u8));
            at += equals + 1;
            while (at < tag.Length && tag[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
            }
            if (at >= tag.Length || tag[at] is not ((byte)'"' or (byte)'\''))
            {
                return;
            }
            var length = tag[(at + 1)..].IndexOf(tag[at]);
            if (length < 0)
            {
                return;
            }
            var raw = tag.Slice(at + 1, length);
            var buffer = reading.Buffer(raw.Length);
            var text = buffer[..ValueText.Xml(raw, buffer)];
            reading.Value(DataClasses.Names.Find(name), text, new TextRange(offset + at + 1, length));
            at += length + 2;
        }
    }

    private static ReadOnlySpan<byte> LocalName(ReadOnlySpan<byte> name) => name[(name.LastIndexOf((byte)':') + 1)..];

    // Of the markup the text starts with, quotes respected; -1 when it does not end.
    private static int TagLength(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("<!--"u8))
        {
            return After(text, "-->"u8);
        }
        if (text.StartsWith("<![CDATA["u8))
        {
            return After(text, "]]>"u8);
        }
        if (text.StartsWith("<?"u8))
        {
            return After(text, "?>"u8);
        }
        var at = 1;
        while (at < text.Length)
        {
            var stop = text[at..].IndexOfAny((byte)'>', (byte)'"', (byte)'\'');
            if (stop < 0)
            {
                return -1;
            }
            at += stop;
            if (text[at] == '>')
            {
                return at + 1 > 2 ? at + 1 : -1;
            }
            var close = text[(at + 1)..].IndexOf(text[at]);
            if (close < 0)
            {
                return -1;
            }
            at += close + 2;
        }
        return -1;
    }

    private static int After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end)
    {
        var at = text.IndexOf(end);
        return at < 0 ? -1 : at + end.Length;
    }

    /// <summary>The last element begun at a depth, and its node once it has ended.</summary>
    private struct Sibling
    {
        public TextRange Name;
        public int Node;
    }
}

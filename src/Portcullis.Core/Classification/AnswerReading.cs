using System.Buffers;
using System.Text;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>One thread's memory for turning an answer into facts: walk, group, write.</summary>
internal sealed class AnswerReading
{
    private const int MostHeaders = 128;
    private const int MostMeanings = 512;
    private const int LongestValue = 8 * 1024;

    // Without one of these a value tells of nobody.
    private static readonly SearchValues<char> Telling = SearchValues.Create("@+%{[");

    private readonly string[] _names = new string[MostHeaders];
    private readonly Dictionary<string, FieldMeaning> _meanings = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FieldMeaning> _roots = new(StringComparer.Ordinal);
    private readonly byte[] _value = new byte[LongestValue * 3];
    private readonly BodyReading _reading = new();
    private readonly ItemBuilder _builder = new();
    private readonly ItemWriter _writer = new();

    public void Read(Exchange exchange, GateState state)
    {
        try
        {
            var plan = exchange.Plan;
            // Policy says whose the records are, so each is one, with or without a word about people.
            var keepsAll = plan?.ItemOwnership is not null;
            _reading.Begin(state.Keys, RootOf(exchange.Operation?.Template), plan?.SubjectField, keepsAll);
            exchange.ResponseKind = ReadBody(exchange.ResponseHeaders?.First("Content-Type"), exchange.ResponseBody.Span);
            if (exchange.ResponseKind == BodyKind.Json && _reading.Tape.TextLength == exchange.ResponseBody.Length)
            {
                exchange.ResponseTape = _reading.Tape;
            }
            if (!ReadHeaders(exchange))
            {
                exchange.ResponseKind = BodyKind.Malformed;
            }
            if (_reading.Sightings.Count > 0 || keepsAll)
            {
                _builder.Build(_reading);
                _writer.Write(exchange, state, _reading, _builder);
            }
        }
        finally
        {
            if (exchange.ResponseTape is null)
            {
                _reading.Tape.Clear();
            }
            _reading.Wipe();
            _reading.Clear();
            _builder.Clear();
        }
    }

    private FieldMeaning RootOf(string? template)
    {
        if (template is null)
        {
            return FieldMeaning.None;
        }
        if (!_roots.TryGetValue(template, out var meaning))
        {
            meaning = RootMeaning(template);
            if (_roots.Count < MostMeanings)
            {
                _roots.Add(template, meaning);
            }
        }
        return meaning;
    }

    // The last literal segment: what stands under /customers/{id} is a customer.
    private static FieldMeaning RootMeaning(string template)
    {
        var rest = template.AsSpan();
        while (!rest.IsEmpty)
        {
            var slash = rest.LastIndexOf('/');
            var segment = rest[(slash + 1)..];
            if (!segment.IsEmpty && segment[0] != '{')
            {
                var meaning = DataClasses.Names.Find(segment);
                return new FieldMeaning(0, 0, meaning.Mark & (FieldMark.Person | FieldMark.Place), meaning.IdClass);
            }
            rest = slash < 0 ? default : rest[..slash];
        }
        return FieldMeaning.None;
    }

    private BodyKind ReadBody(string? contentType, ReadOnlySpan<byte> body)
    {
        var declared = BodyKinds.Of(contentType);
        return declared == BodyKind.Opaque && !body.IsEmpty && BodyKinds.MayBeRead(contentType)
            ? BodyReader.ReadUntold(_reading, contentType, body)
            : BodyReader.Read(_reading, declared, body);
    }

    /// <summary>False when there are more headers, or longer ones, than are read.</summary>
    private bool ReadHeaders(Exchange exchange)
    {
        if (exchange.ResponseHeaders is not { } headers)
        {
            return true;
        }
        var count = headers.Unusual(_names);
        if (count > _names.Length)
        {
            return false;
        }
        for (var i = 0; i < count; i++)
        {
            var before = _reading.Sightings.Count;
            var meaning = MeaningOf(_names[i]);
            var lines = headers.Get(_names[i], out var value);
            for (var line = 0; line < lines; line++)
            {
                value = line == 0 ? value : headers.Line(_names[i], line);
                if (value is { Length: > LongestValue })
                {
                    return false;
                }
                ReadHeader(meaning, value.AsSpan());
            }
            if (_reading.Sightings.Count > before)
            {
                exchange.PersonalHeaders.Add(new HeaderFact(_names[i]));
            }
        }
        return true;
    }

    private void ReadHeader(in FieldMeaning meaning, ReadOnlySpan<char> value)
    {
        var isNamed = (meaning.Strong | meaning.Weak) != 0;
        if (!isNamed && !value.ContainsAny(Telling))
        {
            return;
        }
        var bytes = _value.AsSpan(0, Encoding.UTF8.GetBytes(value, _value));
        if (isNamed || BodyKinds.Sniff(bytes) == BodyKind.Json)
        {
            _reading.HeaderValue(meaning, bytes);
        }
        else
        {
            ReadWords(bytes);
        }
        bytes.Clear();
    }

    // Under a name that says nothing only phone numbers with their country and e-mails are beyond doubt. In a redirect or cookie they stand
    // encoded, between slashes or after the equals sign of a query.
    private void ReadWords(Span<byte> value)
    {
        foreach (var range in System.MemoryExtensions.SplitAny<byte>(value, "?&=#;,<>\"'{}[]:|"u8))
        {
            if (value[range].Trim((byte)' ') is [(byte)'+', ..] number)
            {
                _reading.HeaderValue(FieldMeaning.None, number);
            }
        }
        value = value[..ValueText.Form(value, value)];
        if (BodyKinds.Sniff(value) == BodyKind.Json)
        {
            _reading.HeaderValue(FieldMeaning.None, value);
            return;
        }
        foreach (var range in System.MemoryExtensions.SplitAny<byte>(value, "/?&=#;, <>()\"'{}[]:"u8))
        {
            var word = value[range];
            if (word is [(byte)'+', ..] || word.Contains((byte)'@'))
            {
                _reading.HeaderValue(FieldMeaning.None, word);
            }
        }
    }

    private FieldMeaning MeaningOf(string header)
    {
        if (!_meanings.TryGetValue(header, out var meaning))
        {
            meaning = DataClasses.Names.Find(
                header.StartsWith("X-", StringComparison.OrdinalIgnoreCase) ? header.AsSpan(2) : header
            );
            if (_meanings.Count < MostMeanings)
            {
                _meanings.Add(header, meaning);
            }
        }
        return meaning;
    }
}

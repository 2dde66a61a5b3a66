using System.Text;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>One thread's memory for turning an answer into facts: walk, group, write.</summary>
internal sealed class AnswerReading
{
    private static readonly string[] Headers =
    [
        "Location",
        "Content-Location",
        "X-User-Email",
        "X-User",
        "X-User-Id",
        "X-Username",
        "X-Account-Id",
        "X-Customer-Id",
        "X-Phone-Number",
        "X-Msisdn",
    ];

    private static readonly FieldMeaning[] HeaderMeanings = [.. Headers.Select(MeaningOf)];

    private readonly BodyReading _reading = new();
    private readonly ItemBuilder _builder = new();
    private readonly ItemWriter _writer = new();

    public void Read(Exchange exchange, GateState state)
    {
        try
        {
            var plan = exchange.Plan;
            _reading.Begin(state.Keys, RootMeaning(exchange.Operation?.Template), plan?.SubjectField);
            var declared = BodyKinds.Of(exchange.ResponseHeaders?.First("Content-Type"));
            exchange.ResponseKind = BodyReader.Read(_reading, declared, exchange.ResponseBody.Span);
            ReadHeaders(exchange);
            if (_reading.Sightings.Count > 0)
            {
                _builder.Build(_reading);
                _writer.Write(exchange, state, _reading, _builder);
            }
        }
        finally
        {
            _reading.Wipe(_reading.Sightings.Count > 0);
            _reading.Clear();
            _builder.Clear();
        }
    }

    // The last literal segment: what stands under /customers/{id} is a customer.
    private static FieldMeaning RootMeaning(string? template)
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

    private void ReadHeaders(Exchange exchange)
    {
        if (exchange.ResponseHeaders is not { } headers)
        {
            return;
        }
        Span<byte> bytes = stackalloc byte[1024];
        for (var i = 0; i < Headers.Length; i++)
        {
            if (headers.Get(Headers[i], out var value) == 0 || value is not { Length: > 0 and <= 512 })
            {
                continue;
            }
            if (!Encoding.UTF8.TryGetBytes(value, bytes, out var length))
            {
                continue;
            }
            if (i > 1)
            {
                _reading.HeaderValue(HeaderMeanings[i], bytes[..length]);
            }
            else if (value.Contains('@') || value.Contains("%40", StringComparison.Ordinal))
            {
                ReadAddress(bytes[..length]);
            }
        }
    }

    // An e-mail in a redirect stands between slashes, or after the equals sign of a query.
    private void ReadAddress(Span<byte> address)
    {
        address = address[..ValueText.Form(address, address)];
        foreach (var range in System.MemoryExtensions.SplitAny<byte>(address, "/?&=#"u8))
        {
            _reading.HeaderValue(FieldMeaning.None, address[range]);
        }
    }

    private static FieldMeaning MeaningOf(string header) =>
        DataClasses.Names.Find(header.StartsWith("X-", StringComparison.Ordinal) ? header.AsSpan(2) : default);
}

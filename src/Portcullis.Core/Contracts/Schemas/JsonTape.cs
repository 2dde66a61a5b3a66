using System.Text.Unicode;

namespace Portcullis.Core.Contracts.Schemas;

/// <summary>
/// A JSON text as a flat list of tokens: read once in linear time, strictly after RFC 8259, then asked in any order. Memory is kept
/// between texts, so a warm tape allocates nothing. Not shared between threads.
/// </summary>
internal sealed class JsonTape
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 128;

    /// <summary>Most values and names of one text.</summary>
    public const int MaxTokens = 2_000_000;

    private const int KeptTokens = 65_536;
    private const int KeptText = 262_144;

    private JsonToken[] _tokens = new JsonToken[256];
    private byte[] _text = new byte[1024];
    private readonly DistinctNames _names = new();
    private readonly int[] _openNames = new int[MaxDepth];
    private int _openNameCount;
    private int _textLength;

    public int Count { get; private set; }

    public ref JsonToken this[int index] => ref _tokens[index];

    /// <summary>The text of a string, name or number, escapes undone.</summary>
    /// <param name="body">The bytes that were read.</param>
    /// <param name="token">One of this tape.</param>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> body, in JsonToken token) =>
        (token.IsUnescaped ? _text.AsSpan() : body).Slice(token.Start, token.Length);

    /// <summary>Forgets the text; what it held of the caller's is overwritten, and arrays grown large are given back.</summary>
    public void Clear()
    {
        _text.AsSpan(0, _textLength).Clear();
        Count = 0;
        _openNameCount = 0;
        _textLength = 0;
        if (_tokens.Length > KeptTokens)
        {
            _tokens = new JsonToken[256];
        }
        if (_text.Length > KeptText)
        {
            _text = new byte[1024];
        }
    }

    public JsonFault Read(ReadOnlySpan<byte> body)
    {
        Clear();
        if (!Utf8.IsValid(body))
        {
            return JsonFault.InvalidUtf8;
        }
        var scanner = new JsonScanner(body);
        Span<int> open = stackalloc int[MaxDepth];
        var depth = 0;
        while (true)
        {
            // A value is due here.
            if (Count >= MaxTokens)
            {
                return JsonFault.TooLarge;
            }
            var index = Add();
            var fault = scanner.ReadValue(this, ref _tokens[index]);
            if (fault != JsonFault.None)
            {
                return fault;
            }
            if (_tokens[index].Kind is JsonKind.Array or JsonKind.Object)
            {
                if (depth == MaxDepth)
                {
                    return JsonFault.TooDeep;
                }
                if (!scanner.TryClose(_tokens[index].Kind))
                {
                    open[depth++] = index;
                    _tokens[index].Count = 1;
                    if (_tokens[index].Kind == JsonKind.Object && ReadName(ref scanner) is var first and not JsonFault.None)
                    {
                        return first;
                    }
                    continue;
                }
            }
            _tokens[index].Next = Count;
            fault = Finish(ref scanner, open, ref depth, body);
            if (fault != JsonFault.None)
            {
                return fault;
            }
            if (depth == 0)
            {
                return scanner.IsAtEnd() ? JsonFault.None : JsonFault.Malformed;
            }
        }
    }

    /// <summary>After a value: closes what ends here and reads the comma and name of what goes on.</summary>
    private JsonFault Finish(ref JsonScanner scanner, scoped ReadOnlySpan<int> open, ref int depth, ReadOnlySpan<byte> body)
    {
        while (depth > 0)
        {
            var container = open[depth - 1];
            var kind = _tokens[container].Kind;
            if (kind == JsonKind.Object)
            {
                _tokens[_openNames[--_openNameCount]].Next = Count;
            }
            if (scanner.TryComma())
            {
                _tokens[container].Count++;
                return kind == JsonKind.Object ? ReadName(ref scanner) : JsonFault.None;
            }
            if (!scanner.TryClose(kind))
            {
                return JsonFault.Malformed;
            }
            _tokens[container].Next = Count;
            depth--;
            if (kind == JsonKind.Object && !_names.AreDistinct(this, body, container))
            {
                return JsonFault.DuplicateName;
            }
        }
        return JsonFault.None;
    }

    private JsonFault ReadName(ref JsonScanner scanner)
    {
        var index = Add();
        var fault = scanner.ReadName(this, ref _tokens[index]);
        // Every open object has exactly one name whose value is still being read.
        _openNames[_openNameCount++] = index;
        return fault;
    }

    private int Add()
    {
        if (Count == _tokens.Length)
        {
            Array.Resize(ref _tokens, Count * 2);
        }
        _tokens[Count] = default;
        return Count++;
    }

    /// <summary>Room for the text of one string with escapes, which never grows when they are undone.</summary>
    internal Span<byte> Reserve(int length, out int start)
    {
        start = _textLength;
        if (_text.Length - _textLength < length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + length));
        }
        return _text.AsSpan(start, length);
    }

    internal void Keep(int length) => _textLength += length;
}

using System.Buffers;
using System.Text.Unicode;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Json;

/// <summary>
/// A JSON text as a flat list of tokens: read once in linear time, strictly after RFC 8259, then walked or asked in any order. Memory is
/// kept between texts, so a warm tape allocates nothing. Not shared between threads.
/// </summary>
internal sealed class JsonTape
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 128;

    /// <summary>Most values and names of one text.</summary>
    public const int MaxTokens = 2_000_000;

    private const int KeptTokens = 32_768;
    private const int KeptText = 262_144;

    // Names of an object leave a bit each in as many words: few leave the same, and only those objects are looked at closely.
    private const int SeenWords = 8;

    private JsonToken[] _tokens = new JsonToken[256];
    private JsonToken[]? _kept;
    private byte[] _text = new byte[1024];
    private readonly FactList<TextRange> _unescaped = new();
    private readonly DistinctNames _names = new();
    private readonly int[] _open = new int[MaxDepth];
    private readonly int[] _openNames = new int[MaxDepth];
    private readonly ulong[] _seenNames = new ulong[MaxDepth * SeenWords];
    private int _openNameCount;
    private bool _mayRepeat;
    private int _unescapedLength;

    public int Count { get; private set; }

    /// <summary>Bytes of the text read.</summary>
    public int TextLength { get; private set; }

    public ref JsonToken this[int index] => ref _tokens[index];

    /// <summary>The text of a string, name or number, escapes undone.</summary>
    /// <param name="body">The bytes that were read.</param>
    /// <param name="token">One of this tape.</param>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> body, in JsonToken token)
    {
        if (!token.IsEscaped)
        {
            return body.Slice(token.Start, token.Length);
        }
        var text = _unescaped[token.Count];
        return _text.AsSpan(text.Start, text.Length);
    }

    /// <summary>Room for whoever walks the tape to remember which containers are open: <see cref="MaxDepth"/> places.</summary>
    public int[] Open => _open;

    /// <summary>Where a value or name stands in the text read, quotes or brackets included.</summary>
    public static TextRange Place(in JsonToken token) =>
        token.Kind is JsonKind.String or JsonKind.Name
            ? new TextRange(token.Start - 1, token.Length + 2)
            : new TextRange(token.Start, token.Length);

    /// <summary>False when some object names a member twice, escapes undone: two parsers may take different values of it.</summary>
    public bool HasDistinctNames(ReadOnlySpan<byte> body)
    {
        for (var i = 0; _mayRepeat && i < Count; i++)
        {
            if (_tokens[i].MayRepeat && !_names.AreDistinct(this, body, i))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Forgets the text; what it held of the caller's is overwritten, and arrays grown large are given back.</summary>
    public void Clear()
    {
        _text.AsSpan(0, _unescapedLength).Clear();
        _unescaped.Clear();
        Count = 0;
        TextLength = 0;
        _openNameCount = 0;
        _mayRepeat = false;
        _unescapedLength = 0;
        if (_kept is not null)
        {
            ArrayPool<JsonToken>.Shared.Return(_tokens);
            _tokens = _kept;
            _kept = null;
        }
        if (_text.Length > KeptText)
        {
            _text = new byte[1024];
        }
    }

    /// <summary>Reads one text, of which the tape then tells until the next; repeated names are no fault here.</summary>
    public JsonFault Read(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            Clear();
            return JsonFault.InvalidUtf8;
        }
        return ReadTokens(body);
    }

    /// <summary>As <see cref="Read"/>, whatever bytes stand in strings. After a fault the tape holds the tokens before it, of which containers may be open.</summary>
    public JsonFault ReadTokens(ReadOnlySpan<byte> body)
    {
        Clear();
        TextLength = body.Length;
        var scanner = new JsonScanner(body);
        var open = _open;
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
                if (scanner.TryClose(_tokens[index].Kind))
                {
                    Close(ref _tokens[index], scanner.At);
                }
                else
                {
                    open[depth++] = index;
                    _tokens[index].Count = 1;
                    if (_tokens[index].Kind == JsonKind.Object)
                    {
                        _seenNames.AsSpan(_openNameCount * SeenWords, SeenWords).Clear();
                        if (ReadName(ref scanner, body, index) is var first and not JsonFault.None)
                        {
                            return first;
                        }
                    }
                    continue;
                }
            }
            else
            {
                _tokens[index].Next = Count;
            }
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
    private JsonFault Finish(ref JsonScanner scanner, int[] open, ref int depth, ReadOnlySpan<byte> body)
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
                return kind == JsonKind.Object ? ReadName(ref scanner, body, container) : JsonFault.None;
            }
            if (!scanner.TryClose(kind))
            {
                return JsonFault.Malformed;
            }
            Close(ref _tokens[container], scanner.At);
            depth--;
        }
        return JsonFault.None;
    }

    private void Close(ref JsonToken container, int end)
    {
        container.Length = end - container.Start;
        container.Next = Count;
    }

    private JsonFault ReadName(ref JsonScanner scanner, ReadOnlySpan<byte> body, int container)
    {
        var index = Add();
        var fault = scanner.ReadName(this, ref _tokens[index]);
        if (fault == JsonFault.None)
        {
            var hash = NameHash.Of(Text(body, _tokens[index]));
            _tokens[index].Hash = hash;
            ref var seen = ref _seenNames[(_openNameCount * SeenWords) + (int)(hash >> 58 & (SeenWords - 1))];
            var bit = 1UL << (int)(hash >> 48 & 63);
            if ((seen & bit) != 0)
            {
                _tokens[container].MayRepeat = true;
                _mayRepeat = true;
            }
            seen |= bit;
        }
        // Every open object has exactly one name whose value is still being read.
        _openNames[_openNameCount++] = index;
        return fault;
    }

    private int Add()
    {
        if (Count == _tokens.Length)
        {
            Grow();
        }
        _tokens[Count] = default;
        return Count++;
    }

    // Beyond what is kept between texts the arrays are shared by all tapes, one after the other.
    private void Grow()
    {
        if (Count < KeptTokens)
        {
            Array.Resize(ref _tokens, Count * 2);
            return;
        }
        var grown = ArrayPool<JsonToken>.Shared.Rent(Count * 2);
        _tokens.AsSpan(0, Count).CopyTo(grown);
        if (_kept is null)
        {
            _kept = _tokens;
        }
        else
        {
            ArrayPool<JsonToken>.Shared.Return(_tokens);
        }
        _tokens = grown;
    }

    /// <summary>Room for the text of one string with escapes, which never grows when they are undone.</summary>
    internal Span<byte> Reserve(int length)
    {
        if (_text.Length - _unescapedLength < length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _unescapedLength + length));
        }
        return _text.AsSpan(_unescapedLength, length);
    }

    /// <summary>Keeps as much of what was reserved last; returns which of the unescaped texts it is.</summary>
    internal int Keep(int length)
    {
        _unescaped.Add(new TextRange(_unescapedLength, length));
        _unescapedLength += length;
        return _unescaped.Count - 1;
    }
}

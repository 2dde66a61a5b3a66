using System.Text;
using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>Memory that checks of one thread use again and again.</summary>
internal sealed class CheckScratch
{
    private const int KeptText = 65_536;

    [ThreadStatic]
    private static CheckScratch? _current;

    private byte[] _text = new byte[4096];

    public static CheckScratch Current => _current ??= new CheckScratch();

    public JsonTape Tape { get; } = new();

    public PairList Pairs { get; } = new();

    /// <summary>UTF-8 of a header's text; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most || (_text.Length > KeptText && most <= KeptText))
        {
            _text = new byte[Math.Max(most, 4096)];
        }
        return _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text));
    }

    /// <summary>Overwrites what was encoded.</summary>
    public void Clear(int length) => _text.AsSpan(0, Math.Min(length, _text.Length)).Clear();
}

using System.Runtime.InteropServices;
using System.Text;

namespace Portcullis.Core.Identity;

/// <summary>The values of one claim, UTF-8.</summary>
public readonly ref struct ClaimValues
{
    private readonly ReadOnlySpan<byte> _ranges;
    private readonly ReadOnlySpan<byte> _text;

    internal ClaimValues(ReadOnlySpan<byte> ranges, ReadOnlySpan<byte> text)
    {
        _ranges = ranges;
        _text = text;
    }

    public int Count => _ranges.Length / ClaimSet.ValueSize;

    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var range = MemoryMarshal.Cast<byte, ushort>(_ranges.Slice(index * ClaimSet.ValueSize, ClaimSet.ValueSize));
            return _text.Slice(range[0], range[1]);
        }
    }

    /// <summary>True when one of the values is one of the texts.</summary>
    public bool HasAny(ReadOnlySpan<string> texts)
    {
        for (var i = 0; i < Count; i++)
        {
            foreach (var text in texts)
            {
                if (IsText(this[i], text))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>True when UTF-8 bytes are a text.</summary>
    internal static bool IsText(ReadOnlySpan<byte> value, string text) =>
        Ascii.Equals(value, text) || !Ascii.IsValid(value) && Encoding.UTF8.GetString(value) == text;
}

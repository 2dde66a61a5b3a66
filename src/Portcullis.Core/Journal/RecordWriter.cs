using System.Buffers.Binary;
using System.Text;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Journal;

/// <summary>Writes the journal's primitives into one reused array: bytes, variable-length integers (LEB128), keys and UTF-8 text.</summary>
public sealed class RecordWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>The record so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Number(ulong value)
    {
        var span = Reserve(10);
        var i = 0;
        while (value >= 0x80)
        {
            span[i++] = (byte)(value | 0x80);
            value >>= 7;
        }
        span[i++] = (byte)value;
        _length -= 10 - i;
    }

    public void Key(Key128 key) => key.Write(Reserve(Key128.Size));

    public void Text(string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Number((ulong)size);
        Encoding.UTF8.GetBytes(value, Reserve(size));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        value.CopyTo(Reserve(value.Length));
    }

    private Span<byte> Reserve(int size)
    {
        if (_length + size > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + size));
        }
        var span = _buffer.AsSpan(_length, size);
        _length += size;
        return span;
    }
}

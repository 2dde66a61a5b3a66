using System.Text;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Journal;

/// <summary>Reads what <see cref="RecordWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">Any read past the end: the record is not of this format.</exception>
public ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
        throw new InvalidDataException("A number in a journal record is longer than 10 bytes.");
    }

    public int Count(int most = 1 << 24)
    {
        var value = Number();
        return value <= (ulong)most ? (int)value : throw new InvalidDataException("A count in a journal record is out of range.");
    }

    public Key128 Key() => Key128.Read(Take(Key128.Size));

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public ReadOnlySpan<byte> Bytes() => Take(Count(1 << 26));

    /// <summary>The next bytes as they are.</summary>
    internal ReadOnlySpan<byte> Raw(int size) => Take(size);

    private ReadOnlySpan<byte> Take(int size)
    {
        if (_rest.Length < size)
        {
            throw new InvalidDataException("A journal record ends early.");
        }
        var taken = _rest[..size];
        _rest = _rest[size..];
        return taken;
    }
}

using System.Buffers;

namespace Portcullis.AspNetCore;

/// <summary>A growing pooled buffer whose bytes count against a <see cref="HoldBudget"/>; overwritten when given back.</summary>
internal sealed class HeldBytes(HoldBudget budget)
{
    private const int FirstSize = 16 * 1024;
    private byte[] _buffer = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    /// <summary>Appends; on failure the bytes so far are kept.</summary>
    /// <param name="data">What to append.</param>
    /// <param name="expected">Whole length if known, to take the right size at once; 0 if not.</param>
    /// <param name="most">Most bytes of this body.</param>
    /// <param name="total">Most bytes of all bodies.</param>
    public HoldResult TryAppend(ReadOnlySpan<byte> data, int expected, int most, long total)
    {
        if (data.Length > most - Length)
        {
            return HoldResult.OverCap;
        }
        if (!TryReserve(Length + data.Length, expected, most, total))
        {
            return HoldResult.NoMemory;
        }
        data.CopyTo(_buffer.AsSpan(Length));
        Length += data.Length;
        return HoldResult.Held;
    }

    /// <summary>Room of at least <paramref name="size"/> bytes at the end, to be followed by <see cref="Advance"/>; empty when there is none.</summary>
    public Memory<byte> Room(int size, int most, long total) =>
        Length + size <= most && TryReserve(Length + size, 0, most, total) ? _buffer.AsMemory(Length) : default;

    public void Advance(int bytes) => Length += bytes;

    /// <summary>Gives the buffer back, overwritten.</summary>
    public void Clear()
    {
        if (_buffer.Length > 0)
        {
#if DEBUG
            // Whoever still reads it shall notice.
            _buffer.AsSpan().Fill(0xDB);
#else
            _buffer.AsSpan(0, Length).Clear();
#endif
            ArrayPool<byte>.Shared.Return(_buffer);
            budget.Return(_buffer.Length);
            _buffer = [];
        }
        Length = 0;
    }

    /// <summary>Gives the memory back to the budget and the buffer to nobody, because somebody may still write into it.</summary>
    public void Drop()
    {
        budget.Return(_buffer.Length);
        _buffer = [];
        Length = 0;
    }

    private bool TryReserve(int size, int expected, int most, long total)
    {
        if (size <= _buffer.Length)
        {
            return true;
        }
        var wanted = Math.Max(size, expected is > 0 && expected <= most ? expected : Math.Max(FirstSize, _buffer.Length * 2));
        var grown = ArrayPool<byte>.Shared.Rent(wanted);
        if (!budget.TryTake(grown.Length, total))
        {
            ArrayPool<byte>.Shared.Return(grown);
            return false;
        }
        _buffer.AsSpan(0, Length).CopyTo(grown);
        var length = Length;
        Clear();
        _buffer = grown;
        Length = length;
        return true;
    }
}

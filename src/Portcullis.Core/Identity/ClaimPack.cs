using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Portcullis.Core.Identity;

/// <summary>Collects claims and packs them into a <see cref="ClaimSet"/>; its arrays serve again for the next token.</summary>
internal sealed class ClaimPack
{
    private const int MaxText = ushort.MaxValue;
    private const int MaxValues = ushort.MaxValue;

    private readonly List<Claim> _claims = [];
    private readonly List<int> _hashes = [];
    private readonly List<(int At, int Length)> _values = [];
    private byte[] _text = new byte[1024];
    private int _used;

    public int Count => _claims.Count;

    public void Clear()
    {
        _text.AsSpan(0, _used).Clear();
        _used = 0;
        _claims.Clear();
        _hashes.Clear();
        _values.Clear();
    }

    /// <summary>Room for more text at the end; null when 64 KiB are used up. <see cref="Take"/> keeps what was written to it.</summary>
    public Span<byte> Reserve(int size, out bool hasRoom)
    {
        hasRoom = _used + size <= MaxText;
        if (!hasRoom)
        {
            return default;
        }
        if (_used + size > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + size));
        }
        return _text.AsSpan(_used, size);
    }

    /// <summary>Keeps text written to what <see cref="Reserve"/> gave; returns its place.</summary>
    public int Take(int size)
    {
        var at = _used;
        _used += size;
        return at;
    }

    public ReadOnlySpan<byte> Text(int at, int length) => _text.AsSpan(at, length);

    /// <summary>Begins a claim whose name is text taken before; false when the name came already.</summary>
    public bool TryName(int at, int length)
    {
        var name = Text(at, length);
        var hash = new HashCode();
        hash.AddBytes(name);
        var code = hash.ToHashCode();
        var known = CollectionsMarshal.AsSpan(_hashes);
        for (var from = 0; known[from..].IndexOf(code) is >= 0 and var found; from += found + 1)
        {
            var other = _claims[from + found];
            if (Text(other.NameAt, other.NameLength).SequenceEqual(name))
            {
                return false;
            }
        }
        _hashes.Add(code);
        _claims.Add(new Claim(at, length, _values.Count, 0));
        return true;
    }

    /// <summary>Gives the claim begun last one more value, text taken before; false when there are too many.</summary>
    public bool TryValue(int at, int length)
    {
        if (_values.Count == MaxValues)
        {
            return false;
        }
        _values.Add((at, length));
        ref var claim = ref CollectionsMarshal.AsSpan(_claims)[^1];
        claim = claim with { Values = claim.Values + 1 };
        return true;
    }

    public bool TryAdd(ReadOnlySpan<byte> name) => TryCopy(name, out var at) && TryName(at, name.Length);

    public bool TryAddValue(ReadOnlySpan<byte> value) => TryCopy(value, out var at) && TryValue(at, value.Length);

    public ClaimSet Pack()
    {
        var packed = new byte[
            ClaimSet.CountsSize + _claims.Count * ClaimSet.ClaimSize + _values.Count * ClaimSet.ValueSize + _used
        ];
        var to = packed.AsSpan();
        Put(ref to, (ushort)_claims.Count);
        Put(ref to, (ushort)_values.Count);
        foreach (var claim in _claims)
        {
            Put(
                ref to,
                new ClaimRange((ushort)claim.NameAt, (ushort)claim.NameLength, (ushort)claim.FirstValue, (ushort)claim.Values)
            );
        }
        foreach (var (at, length) in _values)
        {
            Put(ref to, (ushort)at);
            Put(ref to, (ushort)length);
        }
        _text.AsSpan(0, _used).CopyTo(to);
        return new ClaimSet(packed);
    }

    private bool TryCopy(ReadOnlySpan<byte> text, out int at)
    {
        var to = Reserve(text.Length, out var hasRoom);
        at = 0;
        if (hasRoom)
        {
            text.CopyTo(to);
            at = Take(text.Length);
        }
        return hasRoom;
    }

    private static void Put<T>(ref Span<byte> to, T part)
        where T : unmanaged
    {
        MemoryMarshal.Write(to, part);
        to = to[Unsafe.SizeOf<T>()..];
    }

    private readonly record struct Claim(int NameAt, int NameLength, int FirstValue, int Values);
}

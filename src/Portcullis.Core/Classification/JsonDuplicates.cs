using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Classification;

/// <summary>
/// Finds an object that names a key twice, in time linear in the text and memory of at most two words per key. Names compare after their
/// escapes are resolved. The hash is keyed afresh in each process, so nobody can choose names that collide.
/// </summary>
public static class JsonDuplicates
{
    private const int MaxDepth = 64;
    private static readonly Key128 Seed = Key128.Read(RandomNumberGenerator.GetBytes(Key128.Size));
    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>True when some object names a key twice; malformed text has none.</summary>
    public static bool Has(ReadOnlySpan<byte> json) => FormOf(json) == JsonForm.Duplicate;

    /// <summary>Whether the text is JSON that can be read in one way only. Empty text is sound.</summary>
    public static JsonForm FormOf(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return JsonForm.Sound;
        }
        if (!Utf8.IsValid(json))
        {
            return JsonForm.Malformed;
        }
        var size = 64;
        // A key takes four bytes at least ("":,), so the colons bound the keys.
        var keys = json.Count((byte)':');
        while (size < keys * 2)
        {
            size *= 2;
        }
        var table = ArrayPool<ulong>.Shared.Rent(size);
        table.AsSpan(0, size).Clear();
        try
        {
            return Walk(json, table.AsSpan(0, size));
        }
        catch (JsonException)
        {
            return JsonForm.Malformed;
        }
        catch (InvalidOperationException)
        {
            return JsonForm.Malformed;
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(table);
        }
    }

    private static JsonForm Walk(ReadOnlySpan<byte> json, Span<ulong> table)
    {
        Span<uint> objects = stackalloc uint[MaxDepth + 1];
        Span<byte> small = stackalloc byte[256];
        var serial = 0u;
        var reader = new Utf8JsonReader(json, Options);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                objects[reader.CurrentDepth] = ++serial;
                continue;
            }
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }
            Key128 hash;
            if (reader.ValueIsEscaped)
            {
                var buffer = reader.ValueSpan.Length <= small.Length ? small : new byte[reader.ValueSpan.Length];
                hash = SipHash128.Hash(Seed, buffer[..reader.CopyString(buffer)]);
            }
            else
            {
                hash = SipHash128.Hash(Seed, reader.ValueSpan);
            }
            var entry = (hash.Low ^ (objects[reader.CurrentDepth - 1] * 0x9E3779B97F4A7C15UL + hash.High)) | 1;
            if (!TryAdd(table, entry))
            {
                return JsonForm.Duplicate;
            }
        }
        return JsonForm.Sound;
    }

    private static bool TryAdd(Span<ulong> table, ulong entry)
    {
        var at = (int)(entry >> 1) & (table.Length - 1);
        while (table[at] != 0)
        {
            if (table[at] == entry)
            {
                return false;
            }
            at = (at + 1) & (table.Length - 1);
        }
        table[at] = entry;
        return true;
    }
}

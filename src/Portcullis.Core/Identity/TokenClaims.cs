using System.Text.Json;

namespace Portcullis.Core.Identity;

/// <summary>
/// Reads the claims of one token: every name once, values as UTF-8. Names inside objects are joined with dots
/// (<c>realm_access.roles</c>); a name that occurs twice, in either way, makes the whole token unreadable.
/// </summary>
internal static class TokenClaims
{
    private const int MaxDepth = 8;
    private const int MaxClaims = 512;

    [ThreadStatic]
    private static ClaimPack? _pack;

    public static bool TryRead(ReadOnlySpan<byte> payload, out ClaimSet claims)
    {
        claims = default;
        var pack = _pack ??= new ClaimPack();
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (
                !reader.Read()
                || reader.TokenType != JsonTokenType.StartObject
                || !TakeObject(pack, ref reader, 0, 0)
                || reader.Read()
            )
            {
                return false;
            }
            claims = pack.Pack();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A string that is not valid UTF-16 once unescaped.
            return false;
        }
        finally
        {
            pack.Clear();
        }
    }

    /// <param name="pack">Where claims go.</param>
    /// <param name="reader">Stands on the start of the object.</param>
    /// <param name="prefixAt">Where the name of the object stands.</param>
    /// <param name="prefixLength">Its length; 0 for the outermost.</param>
    private static bool TakeObject(ClaimPack pack, ref Utf8JsonReader reader, int prefixAt, int prefixLength)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TakeName(pack, ref reader, prefixAt, prefixLength, out var at, out var length))
            {
                return false;
            }
            reader.Read();
            if (pack.Count >= MaxClaims || !pack.TryName(at, length))
            {
                return false;
            }
            var isTaken =
                reader.TokenType == JsonTokenType.StartObject
                    ? TakeObject(pack, ref reader, at, length)
                    : TakeValues(
                        pack,
                        ref reader,
                        pack.Text(at, length) is var name && (name.SequenceEqual("scope"u8) || name.SequenceEqual("scp"u8))
                    );
            if (!isTaken)
            {
                return false;
            }
        }
        return reader.TokenType == JsonTokenType.EndObject;
    }

    private static bool TakeName(
        ClaimPack pack,
        ref Utf8JsonReader reader,
        int prefixAt,
        int prefixLength,
        out int at,
        out int length
    )
    {
        at = length = 0;
        var front = prefixLength == 0 ? 0 : prefixLength + 1;
        var to = pack.Reserve(front + reader.ValueSpan.Length, out var hasRoom);
        if (!hasRoom)
        {
            return false;
        }
        if (front > 0)
        {
            pack.Text(prefixAt, prefixLength).CopyTo(to);
            to[prefixLength] = (byte)'.';
        }
        length = front + reader.CopyString(to[front..]);
        at = pack.Take(length);
        return true;
    }

    private static bool TakeValues(ClaimPack pack, ref Utf8JsonReader reader, bool isScope)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return TakeScalar(pack, ref reader, isScope);
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (!TakeScalar(pack, ref reader, isScope: false))
            {
                return false;
            }
        }
        return true;
    }

    private static bool TakeScalar(ClaimPack pack, ref Utf8JsonReader reader, bool isScope)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }
        var to = pack.Reserve(reader.ValueSpan.Length, out var hasRoom);
        if (!hasRoom)
        {
            return false;
        }
        var length = reader.ValueSpan.Length;
        if (reader.TokenType == JsonTokenType.String)
        {
            length = reader.CopyString(to);
        }
        else
        {
            // Numbers, true and false as they were written.
            reader.ValueSpan.CopyTo(to);
        }
        var at = pack.Take(length);
        return isScope ? TakeWords(pack, at, length) : pack.TryValue(at, length);
    }

    private static bool TakeWords(ClaimPack pack, int at, int length)
    {
        foreach (var range in pack.Text(at, length).Split((byte)' '))
        {
            var (start, size) = range.GetOffsetAndLength(length);
            if (size > 0 && !pack.TryValue(at + start, size))
            {
                return false;
            }
        }
        return true;
    }
}

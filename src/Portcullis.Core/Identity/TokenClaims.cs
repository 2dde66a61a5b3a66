using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Portcullis.Core.Identity;

/// <summary>
/// The claims of one token: every name once, values as UTF-8. Names inside objects are joined with dots
/// (<c>realm_access.roles</c>); a name that occurs twice, in either way, makes the whole token unreadable.
/// </summary>
internal sealed class TokenClaims
{
    private const int MaxDepth = 8;
    private const int MaxClaims = 512;

    private readonly Dictionary<string, byte[][]> _values = new(StringComparer.Ordinal);

    private TokenClaims() { }

    public static TokenClaims? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
            var claims = new TokenClaims();
            return
                reader.Read()
                && reader.TokenType == JsonTokenType.StartObject
                && claims.TakeObject(ref reader, "")
                && !reader.Read()
                ? claims
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string that is not valid UTF-16 once unescaped.
            return null;
        }
    }

    /// <summary>The single text value of a claim; null when it is absent or has several.</summary>
    public string? Text(string name) =>
        _values.TryGetValue(name, out var values) && values.Length == 1 ? Encoding.UTF8.GetString(values[0]) : null;

    public byte[]? Bytes(string name) => _values.TryGetValue(name, out var values) && values.Length == 1 ? values[0] : null;

    public bool Has(string name) => _values.ContainsKey(name);

    public bool HasAny(string name, string[] accepted)
    {
        if (!_values.TryGetValue(name, out var values))
        {
            return false;
        }
        foreach (var value in values)
        {
            if (accepted.Contains(Encoding.UTF8.GetString(value), StringComparer.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A NumericDate (RFC 7519) or ISO 8601 time in milliseconds since the Unix epoch; null when absent or neither.</summary>
    public long? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return double.IsFinite(seconds) && seconds is >= 0 and < 1e12 ? (long)(seconds * 1000) : null;
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
    }

    public FrozenDictionary<string, byte[][]> Freeze() => _values.ToFrozenDictionary(StringComparer.Ordinal);

    private bool TakeObject(ref Utf8JsonReader reader, string prefix)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = prefix + reader.GetString();
            reader.Read();
            if (_values.ContainsKey(name) || _values.Count >= MaxClaims)
            {
                return false;
            }
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                _values.Add(name, []);
                if (!TakeObject(ref reader, name + "."))
                {
                    return false;
                }
                continue;
            }
            _values.Add(name, Values(ref reader, name));
        }
        return reader.TokenType == JsonTokenType.EndObject;
    }

    private static byte[][] Values(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Scalar(ref reader) is not { } value ? []
                : name is "scope" or "scp" ? Words(value)
                : [value];
        }
        var values = new List<byte[]>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (Scalar(ref reader) is { } value)
            {
                values.Add(value);
            }
        }
        return [.. values];
    }

    private static byte[]? Scalar(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => Encoding.UTF8.GetBytes(reader.GetString()!),
            JsonTokenType.Number => reader.ValueSpan.ToArray(),
            JsonTokenType.True => "true"u8.ToArray(),
            JsonTokenType.False => "false"u8.ToArray(),
            _ => null,
        };

    private static byte[][] Words(ReadOnlySpan<byte> text)
    {
        var words = new List<byte[]>();
        foreach (var range in text.Split((byte)' '))
        {
            if (!text[range].IsEmpty)
            {
                words.Add(text[range].ToArray());
            }
        }
        return [.. words];
    }
}

namespace Portcullis.Core.Policy.Reading;

/// <summary>Where each key of a policy was written, so that errors found long after parsing still name their place.</summary>
public sealed class PolicyOrigins
{
    /// <summary>Options set in code: nothing has a place.</summary>
    public static readonly PolicyOrigins None = new();

    private readonly Dictionary<string, int> _textOffsets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicyOrigin> _byPath = new(StringComparer.Ordinal);

    /// <summary>The place of a key, or of the nearest key above it.</summary>
    public PolicyOrigin Of(string path)
    {
        while (true)
        {
            if (_byPath.TryGetValue(path, out var origin))
            {
                return origin;
            }
            var cut = path.LastIndexOfAny(['.', '[']);
            if (cut < 0)
            {
                return _byPath.GetValueOrDefault("", PolicyOrigin.Code);
            }
            path = path[..cut];
        }
    }

    /// <summary>The place of a character of a key's text, as far as it can be told.</summary>
    public PolicyOrigin OfText(string path, int character) =>
        _textOffsets.TryGetValue(path, out var offset) ? Of(path).Right(offset + character) : Of(path);

    internal void SetText(string path, int offset)
    {
        if (offset >= 0)
        {
            _textOffsets[path] = offset;
        }
    }

    internal void Set(string path, PolicyOrigin origin) => _byPath[path] = origin;
}

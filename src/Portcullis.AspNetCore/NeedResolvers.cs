using Portcullis.Core;

namespace Portcullis.AspNetCore;

/// <summary>What fetches the needs of guards: over the network, unless the application brings a resolver of its own for a kind.</summary>
internal sealed class NeedResolvers : IDisposable
{
    private readonly JwksResolver _keySets;
    private readonly IntrospectionResolver _tokens;
    private readonly Dictionary<string, INeedResolver> _byKind;

    /// <param name="state">Where what was fetched is kept.</param>
    /// <param name="own">The application's; of several for one kind the last.</param>
    public NeedResolvers(GateState state, IEnumerable<INeedResolver> own)
    {
        _keySets = new JwksResolver(state);
        _tokens = new IntrospectionResolver(state);
        _byKind = new(StringComparer.Ordinal) { [_keySets.Kind] = _keySets, [_tokens.Kind] = _tokens };
        foreach (var resolver in own)
        {
            _byKind[resolver.Kind] = resolver;
        }
    }

    /// <summary>The one for a kind of need, or null.</summary>
    public INeedResolver? Find(string kind) => _byKind.GetValueOrDefault(kind);

    public void Dispose()
    {
        _keySets.Dispose();
        _tokens.Dispose();
    }
}

using Portcullis.AspNetCore;
using Portcullis.Core;

namespace Portcullis.Gateway;

/// <summary>Everything that fetches what guards need, over the network.</summary>
internal sealed class NeedResolvers(GateState state) : IDisposable
{
    private readonly JwksResolver _keySets = new(state);
    private readonly IntrospectionResolver _issuers = new(state);

    public IReadOnlyList<INeedResolver> All => [_keySets, _issuers];

    public void Dispose()
    {
        _keySets.Dispose();
        _issuers.Dispose();
    }
}

using Portcullis.Core.Decisions;

namespace Portcullis.AspNetCore;

/// <summary>Fetches what a guard said it needs, outside the gate; afterwards the phase is entered again.</summary>
public interface INeedResolver
{
    /// <summary>The kind of need it fetches, for example <c>jwks</c>.</summary>
    string Kind { get; }

    /// <summary>Fetches it. Failure is not thrown but remembered where the guard looks, so that it judges without.</summary>
    ValueTask ResolveAsync(Need need, CancellationToken cancellation);
}

using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Identity;

namespace Portcullis.AspNetCore;

/// <summary>Fetches a token issuer's key set, bounded in size and time; what cannot be had is remembered as failed.</summary>
internal sealed class JwksResolver(GateState state) : INeedResolver, IDisposable
{
    private const int MaxBytes = 512 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxBytes,
    };

    public string Kind => IdentityGuard.KeySetNeed;

    public async ValueTask ResolveAsync(Need need, CancellationToken cancellation)
    {
        var keySets = state.Identity.KeySets;
        try
        {
            var json =
                Uri.TryCreate(need.Argument, UriKind.Absolute, out var address) && !address.IsFile
                    ? await _client.GetStringAsync(address, cancellation)
                    : await ReadFileAsync(need.Argument, cancellation);
            keySets.Store(need.Argument, json, state.Clock.Now);
        }
#pragma warning disable CA1031 // Whatever an issuer answers or a file holds: what cannot be had is remembered as failed, or each request would ask again.
        catch (Exception)
#pragma warning restore CA1031
        {
            keySets.Failed(need.Argument, state.Clock.Now);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<string> ReadFileAsync(string argument, CancellationToken cancellation)
    {
        var path = argument.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? new Uri(argument).LocalPath : argument;
        return new FileInfo(path).Length <= MaxBytes
            ? await File.ReadAllTextAsync(path, cancellation)
            : throw new IOException($"{path} is larger than {MaxBytes} bytes, too large for a key set.");
    }
}

using System.Net.Http.Headers;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;

namespace Portcullis.AspNetCore;

/// <summary>Asks a token's issuer what it stands for (RFC 7662), bounded in size, time and number; no answer is remembered as none.</summary>
internal sealed class IntrospectionResolver(GateState state) : INeedResolver, IDisposable
{
    private const int MaxBytes = 64 * 1024;
    private const int MostAtOnce = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MaxBytes,
    };

    public string Kind => IntrospectedTokens.NeedKind;

    public async ValueTask ResolveAsync(Need need, CancellationToken cancellation)
    {
        if (state.Policy.Identity.Introspection is not { } plan || need.Secret is not { } token)
        {
            return;
        }
        var isAdmitted = await _room.WaitAsync(Patience, cancellation);
        try
        {
            var answer = isAdmitted ? await AskAsync(plan, token, cancellation) : null;
            if (answer is null)
            {
                state.Identity.Introspected.Failed(plan, need.Argument);
            }
            else
            {
                state.Identity.Introspected.Store(plan, need.Argument, answer);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException)
        {
            state.Identity.Introspected.Failed(plan, need.Argument);
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            if (isAdmitted)
            {
                _room.Release();
            }
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _room.Dispose();
    }

    private async Task<byte[]?> AskAsync(IntrospectionPlan plan, SecretText token, CancellationToken cancellation)
    {
        using var question = new HttpRequestMessage(HttpMethod.Post, plan.Url)
        {
            Content = new FormUrlEncodedContent([new("token", token.Reveal()), new("token_type_hint", "access_token")]),
        };
        // RFC 6749, 2.3.1: both parts are form-encoded before they are joined.
        var name = $"{Uri.EscapeDataString(plan.ClientId)}:{Uri.EscapeDataString(plan.ClientSecret.Reveal())}";
        question.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(name))
        );
        question.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await _client.SendAsync(question, cancellation);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancellation) : null;
    }
}

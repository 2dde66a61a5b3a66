using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Portcullis.AspNetCore;

/// <summary>
/// An upgraded connection is a stream nobody can hold: it is judged and journalled when the upstream has agreed to it, before its first
/// byte. A request that merely asks for an upgrade and gets an ordinary answer is held like any other.
/// </summary>
internal sealed class JudgedUpgrade(LiveExchange live, IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect)
    : IHttpUpgradeFeature,
        IHttpExtendedConnectFeature
{
    public bool IsUpgradableRequest => upgrade?.IsUpgradableRequest ?? false;

    public bool IsExtendedConnect => connect?.IsExtendedConnect ?? false;

    public string? Protocol => connect?.Protocol;

    /// <summary>Puts this in place of the features it judges; does nothing for ordinary requests.</summary>
    public static void Install(HttpContext context, LiveExchange live)
    {
        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        var connect = context.Features.Get<IHttpExtendedConnectFeature>();
        if (upgrade is not { IsUpgradableRequest: true } && connect is not { IsExtendedConnect: true })
        {
            return;
        }
        var judged = new JudgedUpgrade(live, upgrade, connect);
        context.Features.Set<IHttpUpgradeFeature>(judged);
        context.Features.Set<IHttpExtendedConnectFeature>(judged);
    }

    public async Task<Stream> UpgradeAsync()
    {
        await JudgeAsync();
        return await upgrade!.UpgradeAsync();
    }

    public async ValueTask<Stream> AcceptAsync()
    {
        await JudgeAsync();
        return await connect!.AcceptAsync();
    }

    private async ValueTask JudgeAsync()
    {
        live.Exchange.Unreadable = Core.Traffic.UnreadableCause.Stream;
        await live.Body.DecideAsync(live.Context.RequestAborted);
    }
}

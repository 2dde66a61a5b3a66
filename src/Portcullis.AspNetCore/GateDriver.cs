using Microsoft.AspNetCore.Http;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Enters the gate's phases for live exchanges: fetches what guards need, and decides at the response head what becomes of the bytes.</summary>
internal sealed class GateDriver(Gate gate, IEnumerable<INeedResolver> resolvers)
{
    private const int MostNeeds = 4;

    private readonly Dictionary<string, INeedResolver> _resolvers = resolvers.ToDictionary(resolver => resolver.Kind);

    public Gate Gate { get; } = gate;

    public CorsMemory Cors { get; } = new();

    /// <summary>Runs one phase to its end, needs included.</summary>
    public async ValueTask RunAsync(Exchange exchange, Phase phase, CancellationToken cancellation)
    {
        for (var entered = 0; Gate.Run(exchange, phase) is { } need; entered++)
        {
            if (entered == MostNeeds || !_resolvers.TryGetValue(need.Kind, out var resolver))
            {
                exchange.Object(Judgement.Refuse(GateReasons.GuardFault));
                return;
            }
            await resolver.ResolveAsync(need, cancellation);
        }
    }

    public async ValueTask<HeldBodyState> JudgeResponseHeadAsync(LiveExchange live, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        exchange.WasForwarded = true;
        exchange.Status = live.Context.Response.StatusCode;
        live.ResponseHeaders.Headers = live.Context.Response.Headers;
        exchange.ResponseHeaders = live.ResponseHeaders;
        if (exchange.Upstream is { } upstream)
        {
            Cors.Learn(upstream.Name, live.Context);
        }
        await RunAsync(exchange, Phase.ResponseHead, cancellation);
        return await AfterHeadAsync(live, cancellation);
    }

    /// <summary>The body outgrew its cap, the memory of all, or its time: it becomes an unmeasured release or is refused.</summary>
    public async ValueTask<HeldBodyState> StopHoldingAsync(LiveExchange live, HoldResult result, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        exchange.Unreadable = UnreadableCause.OverCap;
        if (result == HoldResult.NoMemory && (exchange.Plan?.OnFailure ?? FailureWord.Closed) == FailureWord.Closed)
        {
            exchange.Object(Judgement.Refuse(GateReasons.Overload));
        }
        else if (result == HoldResult.Held)
        {
            exchange.Object(Judgement.Refuse(GateReasons.Timeout));
        }
        await RunAsync(exchange, Phase.ResponseHead, cancellation);
        if (exchange.Release == ReleaseKind.Measured)
        {
            exchange.Release = ReleaseKind.Unmeasured;
        }
        return await AfterHeadAsync(live, cancellation);
    }

    /// <summary>The one step after which bytes may leave.</summary>
    public async ValueTask CommitAsync(Exchange exchange, CancellationToken cancellation)
    {
        Gate.Commit(exchange);
        if (exchange.Sequence > 0)
        {
            await Gate.State.Journal.WaitDurable(exchange.Sequence, cancellation);
        }
    }

    private async ValueTask<HeldBodyState> AfterHeadAsync(LiveExchange live, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        if (exchange.IsRefused)
        {
            return HeldBodyState.Withheld;
        }
        if (exchange.Release == ReleaseKind.Measured)
        {
            return HeldBodyState.Holding;
        }
        // Journalled before its first byte.
        await CommitAsync(exchange, cancellation);
        return exchange.IsRefused ? HeldBodyState.Withheld : HeldBodyState.Passing;
    }
}

using Microsoft.AspNetCore.Http;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Enters the gate's phases for live exchanges: fetches what guards need, and decides at the response head what becomes of the bytes.</summary>
internal sealed class GateDriver(Gate gate, NeedResolvers resolvers)
{
    private const int MostNeeds = 4;

    /// <summary>When it is worth trying again after the gate lacked room: soon, and not at once.</summary>
    public const int RetrySeconds = 5;

    public Gate Gate { get; } = gate;

    public CorsMemory Cors { get; } = new();

    /// <summary>Runs one phase to its end, needs included.</summary>
    public ValueTask RunAsync(Exchange exchange, Phase phase, CancellationToken cancellation) =>
        Gate.Run(exchange, phase) is { } need ? FetchAndRunAsync(exchange, phase, need, cancellation) : ValueTask.CompletedTask;

    public async ValueTask<HeldBodyState> JudgeResponseHeadAsync(LiveExchange live, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        exchange.WasForwarded = true;
        var response = live.Context.Response;
        exchange.Status = response.StatusCode;
        live.ResponseHeaders.Headers = response.Headers;
        exchange.ResponseHeaders = live.ResponseHeaders;
        if (exchange.Upstream is { } upstream)
        {
            Cors.Learn(upstream.Name, live.ResponseHeaders.Headers);
        }
        await RunAsync(exchange, Phase.ResponseHead, cancellation);
        return await AfterHeadAsync(live, cancellation);
    }

    /// <summary>The body outgrew its cap, the memory of all, or its time: it becomes an unmeasured release or is refused.</summary>
    public async ValueTask<HeldBodyState> StopHoldingAsync(LiveExchange live, HoldResult result, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        exchange.Unreadable = UnreadableCause.OverCap;
        if (result == HoldResult.NoMemory)
        {
            Gate.Fail(exchange, GateReasons.Overload, RetrySeconds);
        }
        else if (result == HoldResult.Held)
        {
            Gate.Fail(exchange, GateReasons.Timeout);
        }
        await RunAsync(exchange, Phase.ResponseHead, cancellation);
        if (exchange.Release == ReleaseKind.Measured)
        {
            exchange.Release = ReleaseKind.Unmeasured;
        }
        return await AfterHeadAsync(live, cancellation);
    }

    /// <summary>The held bytes turn out to be no answer that can be read: it is an unmeasured release or is refused.</summary>
    public ValueTask JudgeUnreadableAsync(LiveExchange live, CancellationToken cancellation)
    {
        live.Exchange.Unreadable = UnreadableCause.Coding;
        return RunAsync(live.Exchange, Phase.ResponseHead, cancellation);
    }

    /// <summary>The one step after which bytes may leave; taken once, however often it is asked for.</summary>
    public async ValueTask CommitAsync(Exchange exchange, CancellationToken cancellation)
    {
        if (!exchange.IsCommitted)
        {
            Gate.Commit(exchange);
        }
        if (exchange.Sequence <= 0)
        {
            return;
        }
        try
        {
            await Gate.State.Journal.WaitDurable(exchange.Sequence, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // Appended, but nobody can say that it is on the disk.
            Gate.State.Findings.JournalFailure(fault);
            if (exchange.OnJournalFailure == FailureWord.Closed)
            {
                exchange.IsEnforced = true;
                exchange.Object(Judgement.Refuse(GateReasons.JournalFailure, RetrySeconds));
            }
        }
    }

    private async ValueTask FetchAndRunAsync(Exchange exchange, Phase phase, Need? need, CancellationToken cancellation)
    {
        for (var entered = 1; need is not null; entered++)
        {
            // What cannot be had fails the guard that asked for it; the others still judge.
            var canWait = entered <= MostNeeds && await TryResolveAsync(exchange, need, cancellation);
            need = Gate.Run(exchange, phase, canWait);
        }
    }

    private async ValueTask<bool> TryResolveAsync(Exchange exchange, Need need, CancellationToken cancellation)
    {
        if (resolvers.Find(need.Kind) is not { } resolver)
        {
            return false;
        }
        try
        {
            await resolver.ResolveAsync(need, cancellation);
            return true;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Gate.State.Findings.GuardFault(need.Kind, exchange.Operation?.Id, fault);
            return false;
        }
    }

    private ValueTask<HeldBodyState> AfterHeadAsync(LiveExchange live, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        if (exchange.IsRefused)
        {
            return ValueTask.FromResult(HeldBodyState.Withheld);
        }
        return exchange.Release == ReleaseKind.Measured
            ? ValueTask.FromResult(HeldBodyState.Holding)
            : PassAsync(live, cancellation);
    }

    private async ValueTask<HeldBodyState> PassAsync(LiveExchange live, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        // Journalled before its first byte.
        await CommitAsync(exchange, cancellation);
        if (exchange.IsRefused)
        {
            return HeldBodyState.Withheld;
        }
        AnswerRelease.KeepFromCaches(exchange, live.Context.Response);
        return HeldBodyState.Passing;
    }
}

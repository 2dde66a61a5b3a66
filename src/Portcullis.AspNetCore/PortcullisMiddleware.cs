using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.ObjectPool;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Drives the gate over live HTTP exchanges, in front of a proxy or inside any ASP.NET Core application.</summary>
internal sealed class PortcullisMiddleware(RequestDelegate next, GateDriver driver, ObjectPool<LiveExchange> pool)
{
    private const int ClientClosedRequest = 499;

    private static readonly TimeSpan WriteTime = TimeSpan.FromMilliseconds(20);

    public async Task InvokeAsync(HttpContext context)
    {
        var live = pool.Get();
        live.Driver = driver;
        live.Context = context;
        live.Body.Begin(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        var abandoned = true;
        try
        {
            var aborted = context.RequestAborted;
            if (await JudgeRequestAsync(context, live, aborted))
            {
                await AskAsync(context, live, aborted);
                await AnswerAsync(context, live, aborted);
            }
            abandoned = context.RequestAborted.IsCancellationRequested;
        }
        catch (Exception fault) when (IsOwn(live, fault))
        {
            await AnswerFaultAsync(live, fault);
        }
        finally
        {
            try
            {
                CommitAbandoned(live.Exchange);
            }
            finally
            {
                End(live, abandoned);
            }
        }
    }

    // An application's exception is its own affair, and a client that left needs no answer.
    private static bool IsOwn(LiveExchange live, Exception fault) =>
        !live.IsServing && fault is not BadHttpRequestException && !live.Context.RequestAborted.IsCancellationRequested;

    /// <summary>The gate itself failed where no word of the policy can help: nothing of the answer leaves.</summary>
    private async Task AnswerFaultAsync(LiveExchange live, Exception fault)
    {
        var exchange = live.Exchange;
        driver.Gate.Fault(exchange, "adapter", fault);
        if (live.Context.Response.HasStarted)
        {
            live.Context.Abort();
            return;
        }
        exchange.IsEnforced = true;
        exchange.Object(Judgement.Refuse(GateReasons.GuardFault));
        await CommitAndWriteAsync(live, live.Context.RequestAborted);
    }

    private void End(LiveExchange live, bool abandoned)
    {
        live.Context.Features.Set(live.Body.Inner);
        driver.Gate.Complete(live.Exchange, abandoned);
        if (abandoned)
        {
            live.Drop();
            return;
        }
        live.Reset();
        pool.Return(live);
    }

    /// <summary>True when the request may go on; a refused one has its answer.</summary>
    private async ValueTask<bool> JudgeRequestAsync(HttpContext context, LiveExchange live, CancellationToken aborted)
    {
        var exchange = live.Exchange;

        // 1. The request head is judged before the first body byte is read.
        driver.Gate.Begin(exchange);
        RequestHeadReader.Read(context, live);
        await driver.RunAsync(exchange, Phase.RequestHead, aborted);

        if (!exchange.IsRefused && driver.Gate.InFlight > exchange.Policy.Hold.Exchanges)
        {
            driver.Gate.Fail(exchange, GateReasons.Busy, GateDriver.RetrySeconds);
        }

        // 2. The request body, where a guard reads it.
        if (
            !exchange.IsRefused
            && RequestBodyHold.IsWanted(exchange, context.Request)
            && await RequestBodyHold.ReadAsync(live, aborted)
        )
        {
            await driver.RunAsync(exchange, Phase.RequestBody, aborted);
        }
        if (exchange.IsRefused)
        {
            await CommitAndWriteAsync(live, aborted);
            return false;
        }
        return true;
    }

    /// <summary>3. The upstream, or the application; its answer's head is judged at its first byte.</summary>
    private async ValueTask AskAsync(HttpContext context, LiveExchange live, CancellationToken aborted)
    {
        var exchange = live.Exchange;
        RequestPreparation.Apply(exchange, context.Request);
        context.Features.Set<IHttpResponseBodyFeature>(live.Body);
        context.Features.Set<IExchangeFeature>(live);
        JudgedUpgrade.Install(context, live);
        try
        {
            live.IsServing = true;
            var serving = next(context);
            if (!live.HeedsLimit && !serving.IsCompleted && await StallsAsync(live, serving))
            {
                await AnswerStalledAsync(live, serving);
                return;
            }
            await serving;
            live.IsServing = false;
            await live.Body.FinishAsync(aborted);
        }
        catch (WithheldException) when (exchange.IsRefused)
        {
            live.IsServing = false;
        }
        finally
        {
            RequestPreparation.Restore(exchange, context.Request);
        }
        if (live.Body.State == HeldBodyState.Holding && live.Overdue.IsCancellationRequested)
        {
            live.Encoded.Clear();
            driver.Gate.Fail(exchange, GateReasons.Timeout);
            return;
        }
        if (live.Body.State == HeldBodyState.Holding && (live.IsBroken || exchange.Status != context.Response.StatusCode))
        {
            // Whoever wrote the answer gave it up under way (the upstream broke off): what was held belongs to no answer.
            live.Encoded.Clear();
            await driver.JudgeResponseHeadAsync(live, aborted);
        }
    }

    /// <summary>4. The answer is judged whole, committed, and only then leaves.</summary>
    private async ValueTask AnswerAsync(HttpContext context, LiveExchange live, CancellationToken aborted)
    {
        if (live.Body.State == HeldBodyState.Passing || context.Response.HasStarted)
        {
            return;
        }
        aborted.ThrowIfCancellationRequested();
        if (!live.Exchange.IsRefused)
        {
            await JudgeAnswerAsync(live, aborted);
        }
        await CommitAndWriteAsync(live, aborted);
    }

    // True when the answer is overdue and nobody is writing it.
    private static async ValueTask<bool> StallsAsync(LiveExchange live, Task serving)
    {
        await Task.WhenAny(serving, live.WhenOverdue());
        while (!serving.IsCompleted && !live.HeedsLimit)
        {
            if (live.Body.TryEnd())
            {
                return true;
            }
            if (live.Body.State != HeldBodyState.Holding)
            {
                return false;
            }
            await Task.WhenAny(serving, Task.Delay(WriteTime));
        }
        return false;
    }

    /// <summary>
    /// The client gets its refusal while the application still has the request; the exchange ends when that lets go of it, because nothing of
    /// it may serve another one before.
    /// </summary>
    private async ValueTask AnswerStalledAsync(LiveExchange live, Task serving)
    {
        try
        {
            live.IsServing = false;
            live.Encoded.Clear();
            driver.Gate.Fail(live.Exchange, GateReasons.Timeout);
            await CommitAndWriteAsync(live, live.Context.RequestAborted);
            await live.Body.Inner.CompleteAsync();
        }
        finally
        {
            live.IsServing = true;
            try
            {
                await serving;
            }
            catch (WithheldException)
            {
                // It wrote on, and was turned away.
            }
            live.IsServing = false;
        }
    }

    private ValueTask JudgeAnswerAsync(LiveExchange live, CancellationToken aborted)
    {
        var exchange = live.Exchange;
        var hold = exchange.Policy.Hold;
        var headers = live.Context.Response.Headers;
        exchange.ResponseBody = live.Encoded.Memory;
        var isCut =
            headers.ContentLength is { } length
            && length != live.Encoded.Length
            && live.Encoded.Length > 0
            && exchange.Method != HttpMethods.Head;
        var coding = headers.ContentEncoding.ToString();
        if (coding.Length > 0 && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase) && live.Encoded.Length > 0)
        {
            isCut |= !ContentDecoder.TryDecode(coding, live.Encoded.Memory, live.Decoded, hold.PerBody, hold.Total);
            exchange.ResponseBody = live.Decoded.Memory;
        }
        return isCut ? driver.JudgeUnreadableAsync(live, aborted) : driver.RunAsync(exchange, Phase.ResponseBody, aborted);
    }

    private async ValueTask CommitAndWriteAsync(LiveExchange live, CancellationToken aborted)
    {
        var exchange = live.Exchange;
        await driver.CommitAsync(exchange, aborted);
        if (!exchange.IsRefused)
        {
            AnswerRelease.Prepare(live);
        }
        if (exchange.IsRefused)
        {
            await Refusal.WriteAsync(live, aborted);
        }
        else
        {
            await AnswerRelease.WriteAsync(live, aborted);
        }
    }

    /// <summary>One record per exchange, also when the client left before the verdict: nothing was released then.</summary>
    private void CommitAbandoned(Exchange exchange)
    {
        if (exchange.IsCommitted || exchange.Policy is null)
        {
            return;
        }
        exchange.Items.Clear();
        exchange.ResponseClasses = 0;
        exchange.Status = ClientClosedRequest;
        driver.Gate.Commit(exchange);
    }
}

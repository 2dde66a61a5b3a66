using System.Text;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>
/// Drives the real gate without a server: the same phases in the same order as for live traffic, the simulated upstream in the middle,
/// and towards the client exactly what the verdict leaves.
/// </summary>
public sealed class InProcessAdapter : ITransport
{
    private readonly Gate _gate;
    private readonly SampleUpstream _upstream;
    private readonly Exchange _exchange = new();
    private readonly AnswerHeaders _headers = new();
    private readonly RewrittenAnswer _rewritten = new();

    public InProcessAdapter(Gate gate, SampleUpstream upstream)
    {
        _gate = gate;
        _upstream = upstream;
    }

    public void Send(SimulatedRequest request, SimulatedAnswer answer)
    {
        var exchange = _exchange;
        exchange.Reset();
        exchange.Method = request.Method;
        exchange.Host = request.Host;
        exchange.RawTarget = request.Target;
        exchange.ClientAddress = request.Address;
        exchange.RequestHeaders = request.Headers;
        _gate.Begin(exchange);
        var measured = Judge(exchange, request, answer);
        if (!exchange.IsCommitted)
        {
            _gate.Commit(exchange);
        }
        Release(exchange, answer, measured);
        _gate.Complete(exchange, abandoned: false);
    }

    /// <summary>Runs the phases up to commit; true when the answer was held whole and read.</summary>
    private bool Judge(Exchange exchange, SimulatedRequest request, SimulatedAnswer answer)
    {
        answer.Clear();
        Run(exchange, Phase.RequestHead);
        if (exchange.IsRefused)
        {
            return false;
        }
        exchange.RequestBody = request.Body;
        Run(exchange, Phase.RequestBody);
        if (exchange.IsRefused)
        {
            return false;
        }
        _upstream.Answer(request, answer);
        exchange.WasForwarded = true;
        exchange.Status = answer.Status;
        _headers.Use(answer);
        exchange.ResponseHeaders = _headers;
        Run(exchange, Phase.ResponseHead);
        if (exchange.IsRefused || exchange.Release != ReleaseKind.Measured)
        {
            return false;
        }
        exchange.ResponseBody = answer.Body;
        Run(exchange, Phase.ResponseBody);
        return true;
    }

    private void Run(Exchange exchange, Phase phase)
    {
        if (_gate.Run(exchange, phase) is not null)
        {
            // Nothing is fetched in a drill: keys are given before it starts.
            exchange.Object(Judgement.Refuse(GateReasons.GuardFault));
        }
    }

    private void Release(Exchange exchange, SimulatedAnswer answer, bool measured)
    {
        answer.Verdict = exchange.Verdict;
        answer.Rule = exchange.Reason?.Id;
        if (exchange.IsRefused || (!measured && exchange.Effective > VerdictKind.Observe))
        {
            var reason = exchange.Reason ?? GateReasons.GuardFault;
            answer.Status = reason.Status;
            answer.ContentType = "application/problem+json";
            answer.Body = Encoding.UTF8.GetBytes($"{{\"status\":{reason.Status},\"title\":\"{reason.Title}\"}}");
        }
        else if (exchange.Effective is VerdictKind.Mask or VerdictKind.Clip)
        {
            answer.Body = _rewritten.Of(exchange);
        }
    }
}

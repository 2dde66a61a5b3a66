using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Contracts;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Drills.Replay.Full;

/// <summary>
/// Drives the real gate with the items of an answer given instead of its bytes: the two guards that read bodies are left out of the
/// response, everything else is as live.
/// </summary>
internal sealed class FullGate
{
    private readonly Gate _gate;
    private readonly Guard[] _responseGuards;
    private readonly Exchange _exchange = new();
    private readonly FullHeaders _ahead = new();
    private readonly FullHeaders _request = new();
    private readonly FullHeaders _response = new() { ContentType = "application/json" };
    private readonly string _host;
    private readonly ulong _classes;

    public FullGate(Gate gate, string host)
    {
        _gate = gate;
        _host = host;
        _responseGuards =
        [
            .. gate.Guards.Where(guard =>
                guard.Phases.Contains(Phase.ResponseBody) && guard is not (ClassificationGuard or ContractGuard)
            ),
        ];
        foreach (var id in new[] { "phone", "email", "person-name", "birth-date" })
        {
            _classes |= Catalog.DataClasses.FirstOrDefault(item => item.Id == id)?.Mask ?? 0;
        }
    }

    /// <summary>Reads the heads of requests, which is pure, for the thread that made them.</summary>
    public void ReadAhead(Span<FullRequest> requests)
    {
        foreach (ref var request in requests)
        {
            _ahead.Authorization = request.Bearer;
            request.Head = _gate.ReadAhead(_ahead, request.Address);
        }
    }

    /// <summary>Sends one request. What is returned is valid until the next one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="reached">True when the whole record reached the client.</param>
    public Exchange Send(in FullRequest request, out bool reached)
    {
        var exchange = _exchange;
        exchange.Reset();
        exchange.Method = "GET";
        exchange.Host = _host;
        exchange.RawTarget = request.Target;
        exchange.ClientAddress = request.Address;
        exchange.Ahead = request.Head;
        _request.Authorization = request.Bearer;
        exchange.RequestHeaders = _request;
        _gate.Begin(exchange);
        Judge(exchange);
        if (!exchange.IsCommitted)
        {
            _gate.Commit(exchange);
        }
        _gate.Complete(exchange, abandoned: false);
        reached = exchange is { IsRefused: false, Items.Count: 1 } && exchange.Items[0].Outcome == ItemOutcome.Released;
        return exchange;
    }

    private void Judge(Exchange exchange)
    {
        Run(exchange, Phase.RequestHead);
        if (exchange.IsRefused)
        {
            return;
        }
        Run(exchange, Phase.RequestBody);
        if (exchange.IsRefused)
        {
            return;
        }
        exchange.WasForwarded = true;
        exchange.Status = 200;
        exchange.ResponseHeaders = _response;
        Run(exchange, Phase.ResponseHead);
        if (exchange.IsRefused || exchange.Release != ReleaseKind.Measured)
        {
            return;
        }
        // The record of one person: its id is the last segment of the path that was asked for.
        var id = exchange.Target(exchange.PathSegments[exchange.PathSegments.Count - 1]);
        exchange.Items.Add(new ItemFact { Subject = _gate.State.Keys.Hash(KeyPurpose.Subject, id), Classes = _classes });
        exchange.ResponseClasses = _classes;
        foreach (var guard in _responseGuards)
        {
            exchange.Object(guard.Judge(exchange, Phase.ResponseBody));
        }
    }

    private void Run(Exchange exchange, Phase phase)
    {
        if (_gate.Run(exchange, phase) is not null)
        {
            exchange.Object(Judgement.Refuse(GateReasons.GuardFault));
        }
    }
}

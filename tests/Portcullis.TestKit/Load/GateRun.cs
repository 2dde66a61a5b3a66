using System.Collections.Frozen;
using System.Net;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;
using Portcullis.Storage.Journal;

namespace Portcullis.TestKit.Load;

/// <summary>Drives one case through the real gate again and again, phase by phase as an adapter does, allocating nothing of its own.</summary>
public sealed class GateRun : IDisposable
{
    private readonly CustomersPolicy _policy = new();
    private readonly GateCase _case;
    private readonly Exchange _exchange = new();
    private readonly HeaderList _request = new();
    private readonly HeaderList _response = new();
    private readonly IJournal _journal;

    public GateRun(GateCase measured, TimeProvider time)
    {
        _case = measured;
        _journal = measured.OnDisk
            ? FileJournal.Open(new JournalOptions { Folder = Path.Combine(_policy.Folder, "journal") })
            : new NullJournal();
        var nothing = new PolicySnapshot { UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty };
        var state = new GateState(nothing, KeyRing.CreateRandom(), _journal, new GateClock(time), NoFindings.Instance);
        state.Use(_policy.Load(state));
        Gate = new Gate(state);
        _request.Add("Host", "api.example.com");
        _request.Add("Accept", "application/json");
        if (measured.HasToken)
        {
            _request.Add("Authorization", _policy.AgentToken(time.GetUtcNow()));
        }
        _response.Add("Content-Type", "application/json");
    }

    public Gate Gate { get; }

    /// <summary>The exchange as the last run left it.</summary>
    public Exchange Exchange => _exchange;

    /// <summary>One whole exchange.</summary>
    public void Once()
    {
        Begin();
        if (Passes(Phase.RequestHead) && Passes(Phase.RequestBody))
        {
            Answer();
            if (Passes(Phase.ResponseHead))
            {
                Hold();
                Passes(Phase.ResponseBody);
            }
        }
        Gate.Commit(_exchange);
        Gate.Complete(_exchange, abandoned: false);
    }

    /// <summary>The exchange with only the first guards of the list, and no commit: what the last of them costs is the difference.</summary>
    /// <param name="guards">How many guards of <see cref="Core.Gate.Guards"/> take part.</param>
    public void Until(int guards)
    {
        Begin();
        RunFirst(guards, Phase.RequestHead);
        RunFirst(guards, Phase.RequestBody);
        Answer();
        RunFirst(guards, Phase.ResponseHead);
        Hold();
        RunFirst(guards, Phase.ResponseBody);
        Gate.Complete(_exchange, abandoned: false);
    }

    public void Dispose()
    {
        (_journal as IDisposable)?.Dispose();
        _policy.Dispose();
    }

    private void Begin()
    {
        var exchange = _exchange;
        exchange.Reset();
        exchange.Method = "GET";
        exchange.Host = "api.example.com";
        exchange.RawTarget = _case.Target;
        exchange.ClientAddress = IPAddress.Loopback;
        exchange.RequestHeaders = _request;
        Gate.Begin(exchange);
    }

    private void Answer()
    {
        _exchange.WasForwarded = true;
        _exchange.Status = 200;
        _exchange.ResponseHeaders = _response;
    }

    private void Hold() => _exchange.ResponseBody = _case.Body;

    private bool Passes(Phase phase)
    {
        if (Gate.Run(_exchange, phase) is { } need)
        {
            throw new InvalidOperationException($"The gate asks for {need.Kind}; everything it needs was given.");
        }
        return !_exchange.IsRefused;
    }

    private void RunFirst(int guards, Phase phase)
    {
        for (var i = 0; i < guards; i++)
        {
            var guard = Gate.Guards[i];
            if (TakesPart(guard, phase))
            {
                guard.Read(_exchange, phase);
                _exchange.Object(guard.Judge(_exchange, phase));
            }
        }
    }

    private static bool TakesPart(Guard guard, Phase phase)
    {
        for (var i = 0; i < guard.Phases.Count; i++)
        {
            if (guard.Phases[i] == phase)
            {
                return true;
            }
        }
        return false;
    }
}

using System.Net;
using Portcullis.Core.Admission;
using Portcullis.Core.Classification;
using Portcullis.Core.Contracts;
using Portcullis.Core.Decisions;
using Portcullis.Core.Identity;
using Portcullis.Core.Ownership;
using Portcullis.Core.Policy;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>
/// THE ordered list of guards: the way of every request through the product. Adapters (live HTTP, recorded traffic, replay) drive this
/// one list: request head → request body → upstream → response head → response body → <see cref="Commit"/> → bytes leave.
/// </summary>
public sealed class Gate
{
    private readonly GateState _state;
    private readonly IdentityGuard _identity;
    private readonly Guard[][] _byPhase;
    private long _inFlight;
    private long _abandoned;

    public Gate(GateState state)
        : this(state, static guard => guard) { }

    /// <summary>A gate with other guards in some places, to measure what each is worth and what the gate does when one fails.</summary>
    /// <param name="state">The memory behind it.</param>
    /// <param name="place">What stands in a guard's place; null leaves the place empty.</param>
    internal Gate(GateState state, Func<Guard, Guard?> place)
    {
        _state = state;
        Guard[] all =
        [
            new CanonicalFormGuard(), //     one reading of target, headers and body: what is judged is what is sent
            new IdentityGuard(state), //     who: verified rungs, pools
            new RestrictionsGuard(state), // already refused?
            new OperationGuard(state), //    which operation; unknown host or operation; whether verdicts are carried out
            new ReleaseGuard(), //           response head: hold and measure, or an unmeasured release by the policy's word
            new ClassificationGuard(state), // which data classes, whose, how many items
            new AdmissionGuard(state), //    anonymous callers where authentication is due or personal data leaves
            new ContractGuard(), //          parameters and bodies as declared, both ways
            new RequestJsonGuard(), //       held JSON that no two parsers need read alike
            new OwnershipGuard(), //         is it theirs: before the upstream is asked, and item by item
            // Exposure is inside Commit: counting and deciding must be one step.
        ];
        Guards = [.. all.Select(place).OfType<Guard>()];
        _identity = all.OfType<IdentityGuard>().First();
        _byPhase = [.. Enum.GetValues<Phase>().Select(phase => Guards.Where(guard => guard.Phases.Contains(phase)).ToArray())];
    }

    /// <summary>In the order in which they judge.</summary>
    public IReadOnlyList<Guard> Guards { get; }

    public GateState State => _state;

    /// <summary>Exchanges begun and not completed.</summary>
    public long InFlight => Interlocked.Read(ref _inFlight);

    /// <summary>Exchanges whose client left before the last byte, since start.</summary>
    public long Abandoned => Interlocked.Read(ref _abandoned);

    /// <summary>
    /// For adapters that have requests waiting: what can be read of a request head before its turn, on any thread. It is pure, so nothing depends
    /// on when this runs; set it as <see cref="Exchange.Ahead"/> before the exchange begins.
    /// </summary>
    public HeadFacts ReadAhead(HeaderSource headers, IPAddress? client) =>
        _identity.ReadAhead(_state.Policy.Identity, headers, client);

    /// <summary>Starts an exchange: takes the policy in force and the gate's time. The adapter has filled the request head.</summary>
    public void Begin(Exchange exchange)
    {
        Interlocked.Increment(ref _inFlight);
        exchange.Policy = _state.Policy;
        exchange.StartedAt = _state.Clock.Now;
        exchange.IsEnforced = exchange.Policy.Mode == Mode.Enforce;
    }

    /// <summary>
    /// Runs the guards of one phase. Returns what must be fetched before the phase is entered again, or null when it is done:
    /// then <see cref="Exchange.IsRefused"/> tells whether the exchange ends here.
    /// </summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="phase">The phase to enter, or to enter again.</param>
    /// <param name="canWait">False when what guards lack cannot be had: one that lacks something has failed then, and the others still judge.</param>
    public Need? Run(Exchange exchange, Phase phase, bool canWait = true)
    {
        var need = RunGuards(exchange, phase, canWait);
        exchange.ForgetTapes();
        if (need is null)
        {
            exchange.PhaseMilliseconds[(int)phase] = (int)Math.Min(int.MaxValue, _state.Clock.Now - exchange.StartedAt);
        }
        return need;
    }

    private Need? RunGuards(Exchange exchange, Phase phase, bool canWait)
    {
        foreach (var guard in _byPhase[(int)phase])
        {
            // Until the operation is known nobody can say whether its mode enforces, so the first four guards always run.
            var decided = exchange.IsRefused && (phase != Phase.RequestHead || exchange.Upstream is not null);
            if (decided)
            {
                break;
            }
            try
            {
                guard.Read(exchange, phase);
                var outcomes = _state.Allowances.Keep(exchange, phase);
                var judgement = guard.Judge(exchange, phase);
                if (judgement.Need is { } need)
                {
                    if (canWait)
                    {
                        return need;
                    }
                    Fail(exchange, GateReasons.GuardFault);
                    continue;
                }
                exchange.Object(_state.Allowances.Weigh(exchange, judgement, outcomes));
            }
#pragma warning disable CA1031 // Any fault of a guard is answered by the policy's word, never by a crash or a silent pass.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Fault(exchange, guard.Id, fault);
                if (phase == Phase.ResponseBody && guard.Id == ClassificationGuard.Name)
                {
                    // Nobody counted what leaves, if it does.
                    exchange.Release = ReleaseKind.Unmeasured;
                }
            }
        }
        return null;
    }

    /// <summary>
    /// The one atomic step before the first response byte leaves: restrictions are read again, every budget is reserved all or nothing
    /// per item, the exchange takes its sequence number and is appended to the journal, refusals too.
    /// </summary>
    public void Commit(Exchange exchange) => _state.Commit(exchange);

    /// <summary>Called once, always: the client has the last byte, or is gone before it (abandoned). Nothing is refunded.</summary>
    public void Complete(Exchange exchange, bool abandoned)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        Interlocked.Decrement(ref _inFlight);
        if (abandoned)
        {
            Interlocked.Increment(ref _abandoned);
        }
    }

    /// <summary>Something outside the guards failed (a time limit, memory, too many at once): reported, and answered by the policy's word.</summary>
    /// <param name="exchange">The exchange it failed for.</param>
    /// <param name="reason">What failed.</param>
    /// <param name="retryAfterSeconds">When it is worth trying again; 0 says nothing.</param>
    public void Fail(Exchange exchange, Reason reason, int retryAfterSeconds = 0)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(reason);
        _state.Findings.Failure(reason, exchange.Operation?.Id);
        Answer(exchange, reason, retryAfterSeconds);
    }

    /// <summary>A part of the gate failed on an exchange: reported, and answered by the policy's word.</summary>
    public void Fault(Exchange exchange, string part, Exception fault)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        _state.Findings.GuardFault(part, exchange.Operation?.Id, fault);
        Answer(exchange, GateReasons.GuardFault, 0);
    }

    private static void Answer(Exchange exchange, Reason reason, int retryAfterSeconds) =>
        exchange.Object(
            exchange.OnFailure == FailureWord.Closed ? Judgement.Refuse(reason, retryAfterSeconds) : Judgement.Observe(reason)
        );
}

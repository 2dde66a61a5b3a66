using System.Collections.Frozen;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Decisions;

/// <summary>Each guard fails in each phase it takes part in, reading and judging: the operation's word decides, and personal data stays.</summary>
public sealed class GuardFaultTests
{
    public static TheoryData<string, Phase, bool> Faults()
    {
        var data = new TheoryData<string, Phase, bool>();
        foreach (var guard in GateOf(Mode.Enforce, FailureWord.Closed, 0, guard => guard).Guards)
        {
            foreach (var phase in guard.Phases)
            {
                data.Add(guard.Id, phase, true);
                data.Add(guard.Id, phase, false);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Closed_refuses(string guard, Phase phase, bool whileReading)
    {
        var gate = GateOf(Mode.Enforce, FailureWord.Closed, 0, Faulty(guard, phase, whileReading));

        var exchange = Send(gate);

        Assert.True(exchange.IsRefused);
        Assert.Equal("gate/guard-fault", exchange.Reason?.Id);
        Assert.Contains(guard, ((RecordedFindings)gate.State.Findings).All);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Open_passes_what_is_known_to_carry_no_personal_data(string guard, Phase phase, bool whileReading)
    {
        var gate = GateOf(Mode.Enforce, FailureWord.Open, 0, Faulty(guard, phase, whileReading));

        var exchange = Send(gate);

        // Until the operation is known nobody knows what it returns.
        var isKnown = phase != Phase.RequestHead || guard is "admission" or "contract" or "ownership";
        Assert.Equal(!isKnown, exchange.IsRefused);
        Assert.Contains(guard, ((RecordedFindings)gate.State.Findings).All);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Open_is_closed_where_personal_data_leaves(string guard, Phase phase, bool whileReading)
    {
        var gate = GateOf(Mode.Enforce, FailureWord.Open, 1, Faulty(guard, phase, whileReading));

        Assert.True(Send(gate).IsRefused);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_operation_that_only_monitors_passes_and_keeps_the_verdict(string guard, Phase phase, bool whileReading)
    {
        var gate = GateOf(Mode.Monitor, FailureWord.Closed, 1, Faulty(guard, phase, whileReading));

        var exchange = Send(gate);

        Assert.False(exchange.IsRefused);
        Assert.Equal(VerdictKind.Refuse, exchange.Verdict);
    }

    [Fact]
    public void What_a_faulty_classification_lets_pass_is_an_unmeasured_release()
    {
        var gate = GateOf(Mode.Enforce, FailureWord.Open, 0, Faulty("classification", Phase.ResponseBody, whileReading: true));

        Assert.Equal(ReleaseKind.Unmeasured, Send(gate).Release);
    }

    [Theory]
    [InlineData(Mode.Enforce)]
    [InlineData(Mode.Monitor)]
    public void A_need_that_cannot_be_met_fails_its_guard_and_the_others_still_judge(Mode mode)
    {
        // The policy monitors, the operation enforces: only the guard after the one that waits knows.
        var gate = GateOf(
            mode,
            FailureWord.Closed,
            0,
            guard => guard.Id == "identity" ? new Stand(guard, Phase.RequestHead, Act.Wait) : guard,
            Mode.Enforce
        );
        var exchange = Begin(gate);

        Assert.NotNull(gate.Run(exchange, Phase.RequestHead));
        Assert.Null(gate.Run(exchange, Phase.RequestHead, canWait: false));

        Assert.NotNull(exchange.Plan);
        Assert.True(exchange.IsRefused);
    }

    private static Func<Guard, Guard?> Faulty(string id, Phase phase, bool whileReading) =>
        guard => guard.Id == id ? new Stand(guard, phase, whileReading ? Act.FailReading : Act.FailJudging) : guard;

    private static Gate GateOf(Mode mode, FailureWord word, ulong classes, Func<Guard, Guard?> place, Mode? operationMode = null)
    {
        var plan = new OperationPlan
        {
            Operation = new Operation(0, "test", "GET", "/status", isDeclared: true),
            Authentication = AuthenticationWord.Public,
            DeclaredClasses = classes,
            OnFailure = word,
            Mode = operationMode,
        };
        var policy = new PolicySnapshot
        {
            Mode = mode,
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
            DefaultUpstream = new UpstreamPlan
            {
                Name = "test",
                Address = new Uri("http://127.0.0.1:9"),
                Hosts = ["*"],
                Router = new FixedRouter(plan),
            },
        };
        var clock = new GateClock(new SteppedTimeProvider(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero)));
        return new Gate(new GateState(policy, KeyRing.CreateRandom(), new MemoryJournal(), clock, new RecordedFindings()), place);
    }

    private static Exchange Begin(Gate gate)
    {
        var exchange = new Exchange
        {
            RequestHeaders = new HeaderList(),
            Method = "GET",
            Host = "api.example.com",
            RawTarget = "/status",
        };
        gate.Begin(exchange);
        return exchange;
    }

    private static Exchange Send(Gate gate)
    {
        var exchange = Begin(gate);
        var answer = new HeaderList();
        answer.Add("Content-Type", "application/json");
        foreach (var phase in new[] { Phase.RequestHead, Phase.RequestBody, Phase.ResponseHead, Phase.ResponseBody })
        {
            if (phase == Phase.ResponseHead)
            {
                exchange.WasForwarded = true;
                exchange.Status = 200;
                exchange.ResponseHeaders = answer;
                exchange.ResponseBody = Encoding.ASCII.GetBytes("{\"status\":\"up\"}");
            }
            if (!exchange.IsRefused)
            {
                Assert.Null(gate.Run(exchange, phase));
            }
        }
        gate.Commit(exchange);
        gate.Complete(exchange, abandoned: false);
        return exchange;
    }

    private enum Act
    {
        FailReading,
        FailJudging,
        Wait,
    }

    /// <summary>Stands in a guard's place and does its work but for one act in one phase.</summary>
    private sealed class Stand(Guard guard, Phase at, Act act) : Guard
    {
        public override string Id => guard.Id;

        public override IReadOnlyList<Phase> Phases => guard.Phases;

        public override void Read(Exchange exchange, Phase phase)
        {
            if (phase == at && act == Act.FailReading)
            {
                throw new InvalidOperationException("defect");
            }
            guard.Read(exchange, phase);
        }

        public override Judgement Judge(Exchange exchange, Phase phase) =>
            phase != at || act == Act.FailReading ? guard.Judge(exchange, phase)
            : act == Act.Wait ? Judgement.Wait(new Need("test", "nobody has it"))
            : throw new InvalidOperationException("defect");
    }
}

using System.Text;
using Portcullis.Core.Decisions;
using Portcullis.Drills.Oracle;
using Portcullis.Drills.Replay;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;
using Xunit;

namespace Portcullis.Tests.Drills;

public sealed class ReplayTests
{
    [Theory]
    [InlineData("B01", "anonymous", KnowledgeLevel.Spec, AttackerKind.Proxies, 101)]
    [InlineData("B01", "token", KnowledgeLevel.Policy, AttackerKind.Loud, 102)]
    [InlineData("B03", "a", KnowledgeLevel.Spec, AttackerKind.Patient, 101)]
    [InlineData("B03", "b", KnowledgeLevel.Policy, AttackerKind.Proxies, 102)]
    [InlineData("B04", "default", KnowledgeLevel.Spec, AttackerKind.Loud, 101)]
    [InlineData("B05", "default", KnowledgeLevel.Spec, AttackerKind.Patient, 102)]
    [InlineData("B05", "default", KnowledgeLevel.Policy, AttackerKind.Proxies, 101)]
    public void Loses_nothing_and_denies_nobody(
        string id,
        string variant,
        KnowledgeLevel knowledge,
        AttackerKind attacker,
        ulong seed
    )
    {
        var result = Run(id, variant, knowledge, attacker, seed);

        Assert.True(result.LostWithout > 100, $"without a gate {result.LostWithout} are lost");
        Assert.Equal((0, 0), (result.Lost, result.BenignDenied));
        Assert.True(result.Met);
    }

    [Theory]
    [InlineData(AttackerKind.Loud, 1, 101)]
    [InlineData(AttackerKind.Patient, 3, 102)]
    public void A_partner_credential_never_gets_one_record_more_than_its_budget(AttackerKind attacker, int identities, ulong seed)
    {
        var result = Run("B03", "c", KnowledgeLevel.Policy, attacker, seed, identities);

        Assert.InRange(result.Lost, 1, 600 * identities);
        Assert.True(result.BenignDeniedRate <= 1e-4, $"{result.BenignDenied} of {result.BenignRequests}");
    }

    [Fact]
    public void A_control_run_denies_nobody()
    {
        var result = Run("B03", Scenario.Control, KnowledgeLevel.Policy, AttackerKind.Loud, 101);

        Assert.Equal((0, 0), (result.AttackRequests, result.BenignDenied));
    }

    [Fact]
    public void An_attacker_cannot_spend_honest_callers_access()
    {
        var result = Run("B03", Scenario.Lockout, KnowledgeLevel.Policy, AttackerKind.Loud, 101);

        Assert.True(
            result.BenignDeniedRate <= 1e-4,
            $"{result.BenignDenied} of {result.BenignRequests}, worst {result.WorstRole}"
        );
    }

    [Theory]
    [InlineData("B04", "default", ReplayScale.Ci)]
    [InlineData("B03", "b", ReplayScale.Full)]
    public void Ends_between_two_requests_when_told_to(string id, string variant, ReplayScale scale) =>
        Assert.Throws<OperationCanceledException>(() =>
            ReplayRunner.Run(
                Options(id, variant, KnowledgeLevel.Policy, AttackerKind.Proxies, 7, 1) with
                {
                    Scale = scale,
                    Stop = new CancellationToken(canceled: true),
                }
            )
        );

    [Fact]
    public void The_same_seed_gives_the_same_result()
    {
        var first = ReplayRunner.Run(Options("B04", "default", KnowledgeLevel.Spec, AttackerKind.Proxies, 7, 1));
        var second = ReplayRunner.Run(Options("B04", "default", KnowledgeLevel.Spec, AttackerKind.Proxies, 7, 1));

        Assert.Equal(Json(first), Json(second));
    }

    [Fact]
    public void Without_the_contracts_word_on_credentials_and_with_anonymous_answers_allowed_records_are_lost()
    {
        var folder = Directory.CreateTempSubdirectory("scenario").FullName;
        try
        {
            var source = ScenarioFolder.Open("B05");
            foreach (var file in new[] { "scenario.yaml", "expected.yaml", "openapi.yaml", "policy.yaml" })
            {
                var text = source.Read(file)!;
                text = file == "openapi.yaml" ? text.Replace("security:\n  - bearer: []\n", "") : text;
                text = file == "policy.yaml" ? text.Replace("subject: id", "authentication: public") : text;
                File.WriteAllText(Path.Combine(folder, file), text);
            }

            var result = Assert.Single(
                ReplayRunner.Run(Options(folder, "default", KnowledgeLevel.Policy, AttackerKind.Loud, 7, 1))
            );

            Assert.True(result.Lost > 0);
            Assert.False(result.Met);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Without_the_ownership_rule_a_consumer_token_reads_others()
    {
        var result = Run("B01", "token", KnowledgeLevel.Spec, AttackerKind.Loud, 101);

        Assert.True(result.Lost > 0);
        Assert.Null(result.Met);
    }

    [Theory]
    [InlineData("B01", "anonymous", KnowledgeLevel.Spec, "admission")]
    [InlineData("B05", "default", KnowledgeLevel.Spec, "admission")]
    [InlineData("B03", "b", KnowledgeLevel.Policy, "ownership")]
    [InlineData("B03", "c", KnowledgeLevel.Policy, "classification")]
    public void Sees_the_loss_when_a_guard_is_missing(string id, string variant, KnowledgeLevel knowledge, string guard)
    {
        var options = Options(id, variant, knowledge, AttackerKind.Loud, 103, 1) with { Without = [guard] };

        var result = Assert.Single(ReplayRunner.Run(options));

        Assert.True(result.Lost > result.Target, $"{result.Lost} lost, {result.Target} promised");
        Assert.False(result.Met);
    }

    [Fact]
    public void A_missing_guard_that_does_not_exist_names_the_nearest() =>
        Assert.Contains(
            "Did you mean 'admission'?",
            Assert
                .Throws<ScenarioException>(() =>
                    ReplayRunner.Run(
                        Options("B01", "anonymous", KnowledgeLevel.Spec, AttackerKind.Loud, 1, 1) with
                        {
                            Without = ["admision"],
                        }
                    )
                )
                .Message
        );

    [Fact]
    public void All_and_a_folder_beside_it_are_both_run()
    {
        using var folder = new ScenarioCopy("B04");

        var loaded = ReplayRunner.Load(new ReplayOptions { Scenarios = ["all", folder.Path, "b01"] });

        Assert.Equal([.. ScenarioFolder.BuiltIn, folder.Path], loaded.Select(scenario => scenario.Folder));
    }

    [Theory]
    [InlineData("B01", "anonymous", AttackerKind.Loud)]
    [InlineData("B03", "a", AttackerKind.Proxies)]
    [InlineData("B05", "default", AttackerKind.Patient)]
    public void Knowing_nothing_it_refuses_who_shows_nothing_and_denies_nobody_else(
        string id,
        string variant,
        AttackerKind attacker
    )
    {
        var result = Run(id, variant, KnowledgeLevel.None, attacker, 104);

        Assert.Equal((0, 0), (result.Lost, result.BenignDenied));
        Assert.True(result.Met);
    }

    [Theory]
    [InlineData("B01", "anonymous", AttackerKind.Loud)]
    [InlineData("B05", "default", AttackerKind.Patient)]
    public void What_it_says_after_a_week_stops_what_the_week_began_with(string id, string variant, AttackerKind attacker)
    {
        var result = Run(id, variant, KnowledgeLevel.Learned, attacker, 105);

        Assert.Equal(0, result.BenignDenied);
        Assert.InRange(result.Lost, 1, result.LostWithout / 10);
        Assert.Equal(result.Detail!.LostWhileLearning, result.Lost);
    }

    [Theory]
    [InlineData(AttackerKind.Loud, 1)]
    [InlineData(AttackerKind.Patient, 7)]
    public void Over_budget_partners_learn_no_more_who_exists_and_lock_nobody_out(AttackerKind attacker, int identities)
    {
        var result = Run("B03", "c", KnowledgeLevel.Policy, attacker, 106, identities);

        Assert.True(result.Lost > 0);
        Assert.Equal((0, 0), (result.LeakExist, result.BenignDenied));
    }

    [Fact]
    public void Figures_have_the_fields_of_the_table_and_no_others()
    {
        using var json = System.Text.Json.JsonDocument.Parse(
            System.Text.Json.JsonSerializer.Serialize(
                ReplayRunner.Run(Options("B04", Scenario.Control, KnowledgeLevel.Spec, AttackerKind.Loud, 7, 1)),
                ReplayFigures.Json
            )
        );

        Assert.Equal(
            "scenario variant knowledge attacker k scale seed attackRequests benignRequests benignCallers recordsAtStake lostWithout lost "
                + "leakFull leakExist leakWrite leakValue benignDenied benignDeniedRate benignCallersRefused worstRole "
                + "firstVerdictAfterRequests stoppedAfterSeconds target met",
            string.Join(' ', json.RootElement[0].EnumerateObject().Select(field => field.Name))
        );
    }

    [Theory]
    [InlineData("B01")]
    [InlineData("B05")]
    public void Nobody_is_locked_out_of_any_scenario(string id)
    {
        var result = Run(id, Scenario.Lockout, KnowledgeLevel.Spec, AttackerKind.Proxies, 107);

        Assert.Equal(0, result.BenignDenied);
        Assert.True(result.Met);
    }

    [Fact]
    public void An_unknown_variant_names_the_nearest() =>
        Assert.Contains(
            "Did you mean 'anonymous'?",
            Assert.Throws<ScenarioException>(() => Run("B01", "anonymos", KnowledgeLevel.Spec, AttackerKind.Loud, 1)).Message
        );

    [Fact]
    public void A_leak_that_a_gate_lets_through_is_counted()
    {
        var world = new World(ScenarioLoader.Load(ScenarioFolder.Open("B01")), 3);
        var oracle = new TruthOracle(new ValueIndex(world.Population, world.Scenario), _ => false);
        var leaky = new LeakyTransport(world.Population);
        var answer = new SimulatedAnswer();
        for (var person = 0; person < 10; person++)
        {
            var request = new SimulatedRequest
            {
                Asked = person,
                IsGuess = true,
                Role = SimulatedRequest.Attacker,
            };
            leaky.Send(request, answer);
            oracle.Observe(request, answer);
        }

        Assert.Equal(10, oracle.LeakFull);
    }

    private static string Json(IReadOnlyList<ReplayResult> results) =>
        Encoding.UTF8.GetString(
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(results, ReplayJson.Default.IReadOnlyListReplayResult)
        );

    private static ReplayResult Run(
        string id,
        string variant,
        KnowledgeLevel knowledge,
        AttackerKind attacker,
        ulong seed,
        int identities = 1
    ) => Assert.Single(ReplayRunner.Run(Options(id, variant, knowledge, attacker, seed, identities)));

    private static ReplayOptions Options(
        string id,
        string variant,
        KnowledgeLevel knowledge,
        AttackerKind attacker,
        ulong seed,
        int identities
    ) =>
        new()
        {
            Scenarios = [id],
            Variant = variant,
            Knowledge = [knowledge],
            Attackers = [attacker],
            Seed = seed,
            Identities = identities,
        };

    // Says that it refused, and sends the e-mail address all the same.
    private sealed class LeakyTransport(Population population) : ITransport
    {
        public void Send(SimulatedRequest request, SimulatedAnswer answer)
        {
            answer.Status = 403;
            answer.Verdict = VerdictKind.Refuse;
            answer.Body = Encoding.UTF8.GetBytes(
                $"{{\"title\":\"refused\",\"for\":\"{population.Value(request.Asked, PersonValue.Email)}\"}}"
            );
        }
    }
}

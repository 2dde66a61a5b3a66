using System.Text;
using Portcullis.Drills.Oracle;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;
using Xunit;

namespace Portcullis.Tests.Drills;

public sealed class TruthOracleTests
{
    private readonly World _world = new(ScenarioLoader.Load(ScenarioFolder.Open("B03")), 7);
    private readonly TruthOracle _oracle;

    public TruthOracleTests() =>
        _oracle = new TruthOracle(new ValueIndex(_world.Population, _world.Scenario), person => person >= 19_996);

    [Theory]
    [InlineData(PersonValue.Phone)]
    [InlineData(PersonValue.Email)]
    [InlineData(PersonValue.Name)]
    [InlineData(PersonValue.Street)]
    public void Counts_a_record_by_any_one_of_its_values(PersonValue kind)
    {
        Answer(asked: -1, $"{{\"x\":\"{Value(50, kind)}\"}}");

        Assert.Equal(1, _oracle.LeakFull);
    }

    [Theory]
    [InlineData("{{\"note\":\"call {0} today\"}}")]
    [InlineData("<phone>{0}</phone>")]
    [InlineData("id,phone\n1,{0}\n")]
    [InlineData("{{\"a\":[{{\"b\":{{\"c\":\"{0}\"}}}}")]
    public void Finds_a_value_in_any_format(string format)
    {
        Answer(asked: -1, string.Format(format, Value(50, PersonValue.Phone)));

        Assert.Equal(1, _oracle.LeakFull);
    }

    [Fact]
    public void Finds_a_value_behind_escapes()
    {
        var escaped = string.Concat(Value(50, PersonValue.Email).Select(c => $"\\u{(int)c:x4}"));

        Answer(asked: -1, $"{{\"x\":\"{escaped}\"}}");

        Assert.Equal(1, _oracle.LeakFull);
    }

    [Fact]
    public void Counts_people_not_answers()
    {
        Answer(asked: 50, Value(50, PersonValue.Phone));
        Answer(asked: 50, Value(50, PersonValue.Email));
        Answer(asked: 51, Value(51, PersonValue.Email) + " " + Value(52, PersonValue.Email));

        Assert.Equal(3, _oracle.LeakFull);
    }

    [Fact]
    public void Counts_a_shared_value_of_the_person_asked_for()
    {
        Answer(asked: 50, $"{{\"birthDate\":\"{Value(50, PersonValue.BirthDate)}\"}}");

        Assert.Equal(1, _oracle.LeakFull);
    }

    [Fact]
    public void Does_not_count_what_the_attacker_sent_himself()
    {
        var account = Value(50, PersonValue.Account);

        Answer(asked: 50, $"{{\"error\":\"no access to {account}\"}}", target: $"/accounts/{account}", status: 403);

        Assert.Equal(0, _oracle.LeakFull);
    }

    [Fact]
    public void Does_not_count_the_attackers_own_record()
    {
        Answer(asked: 19_999, Value(19_999, PersonValue.Email));

        Assert.Equal(0, _oracle.LeakFull);
    }

    [Fact]
    public void Counts_existence_when_hits_and_misses_answer_differently()
    {
        Answer(asked: 50, "{}", status: 403);
        Answer(asked: -1, "{}", status: 404);

        Assert.Equal((0, 1), (_oracle.LeakFull, _oracle.LeakExist));
    }

    [Fact]
    public void Counts_no_existence_when_all_answers_are_alike()
    {
        Answer(asked: 50, "{}", status: 401);
        Answer(asked: -1, "{}", status: 401);

        Assert.Equal(0, _oracle.LeakExist);
    }

    [Fact]
    public void Counts_an_emptied_item_as_existence()
    {
        Answer(asked: 50, "{\"items\":[{}]}");
        Answer(asked: -1, "{\"items\":[]}");

        Assert.Equal((0, 1), (_oracle.LeakFull, _oracle.LeakExist));
    }

    [Fact]
    public void Counts_a_change_of_a_foreign_record()
    {
        var request = new SimulatedRequest
        {
            Method = "DELETE",
            Asked = 50,
            IsGuess = true,
            Role = SimulatedRequest.Attacker,
        };

        _oracle.Observe(request, new SimulatedAnswer { Status = 204 });

        Assert.Equal(1, _oracle.LeakWrite);
    }

    private string Value(int person, PersonValue kind) => _world.Population.Value(person, kind);

    private void Answer(int asked, string body, string target = "/accounts/1", int status = 200) =>
        _oracle.Observe(
            new SimulatedRequest
            {
                Target = target,
                Asked = asked,
                IsGuess = true,
                Role = SimulatedRequest.Attacker,
            },
            new SimulatedAnswer { Status = status, Body = Encoding.UTF8.GetBytes(body) }
        );
}

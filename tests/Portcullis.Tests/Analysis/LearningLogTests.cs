using Microsoft.Extensions.Time.Testing;
using Portcullis.Analysis.Inventory;
using Portcullis.Core;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Analysis;

/// <summary>What is printed while the gateway learns.</summary>
public sealed class LearningLogTests : IDisposable
{
    private const ulong Email = 1UL << 4;
    private const ulong Phone = 1UL << 5;

    private readonly StringWriter _output = new();
    private readonly OperationRegistry _operations = new();
    private readonly GateBench _bench = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LearningLog _log;

    public LearningLogTests() => _log = new LearningLog(_operations, new MemoryLedger(_bench.Journal), _output, _time);

    [Fact]
    public async Task Says_what_an_operation_returns_when_it_is_first_called()
    {
        var operation = Add("/accounts/{id}");
        await LookAsync();
        Assert.Empty(Lines);

        operation.Learn(Email | Phone);
        operation.CountExchange();
        await LookAsync();

        Assert.Equal(["`GET /accounts/{id}` returns email, phone; anonymous: no; most people seen by one caller: 0"], Lines);
    }

    [Fact]
    public async Task Repeats_itself_only_for_news()
    {
        var operation = Add("/accounts/{id}");
        operation.Learn(Email);
        operation.CountExchange();
        await LookAsync();
        operation.CountExchange();
        await LookAsync();
        Assert.Single(Lines);

        operation.AnonymousPersonalData = true;
        operation.CountExchange();
        await LookAsync();

        Assert.Equal(2, Lines.Length);
        Assert.Contains("anonymous: yes", Lines[1]);
    }

    [Fact]
    public async Task Says_when_the_most_people_one_caller_received_doubled_asking_the_ledger_at_most_every_ten_seconds()
    {
        var operation = Add("/accounts/{id}");
        Release(operation, 1, 2);
        await LookAsync();
        Release(operation, 3);
        _time.Advance(TimeSpan.FromSeconds(11));
        await LookAsync();
        Release(operation, 4);
        await LookAsync();
        Assert.EndsWith("most people seen by one caller: 2", Assert.Single(Lines));

        Release(operation, 5);
        _time.Advance(TimeSpan.FromSeconds(11));
        await LookAsync();

        Assert.Equal(2, Lines.Length);
        Assert.EndsWith("most people seen by one caller: 5", Lines[1]);
    }

    [Fact]
    public async Task Prints_a_screenful_at_most()
    {
        for (var i = 0; i < 500; i++)
        {
            Add($"/learned{i}").CountExchange();
        }

        await LookAsync();

        Assert.Equal(21, Lines.Length);
        Assert.Equal("… and 480 more: portcullis operations", Lines[^1]);
    }

    [Fact]
    public void A_data_class_of_another_build_is_named_by_its_number() =>
        Assert.Equal(["email", "class-63"], DataClassNames.Of(Email | (1UL << 63)));

    public void Dispose() => _output.Dispose();

    private string[] Lines => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Operation Add(string template) => _operations.TryAdd("test", "GET", template, isDeclared: true)!;

    private void Release(Operation operation, params int[] people)
    {
        var exchange = new Exchange { RequestHeaders = new HeaderList() };
        _bench.Gate.Begin(exchange);
        exchange.Plan = new OperationPlan { Operation = operation };
        exchange.AddRung(_bench.Account("agent"));
        exchange.ResponseClasses = Email;
        foreach (var person in people)
        {
            exchange.Items.Add(new ItemFact { Subject = _bench.Subject(person), Classes = Email });
        }
        operation.Learn(Email);
        _bench.Gate.Commit(exchange);
    }

    private Task LookAsync() => _log.LookAsync(TestContext.Current.CancellationToken);
}

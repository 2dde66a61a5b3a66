using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Expressions;
using Portcullis.Core.Ownership;
using Portcullis.Core.Traffic;
using Portcullis.Tests.Policy.Expressions;
using Xunit;

namespace Portcullis.Tests.Ownership;

public sealed class OwnershipGuardTests
{
    private readonly OwnershipGuard _guard = new();

    [Fact]
    public void Passes_a_request_for_the_callers_own_account() =>
        Assert.Equal(VerdictKind.Allow, Request(new JudgedExchange().Path("A-1").Claim("account_id", "A-1")).Kind);

    [Fact]
    public void Refuses_a_request_for_another_account_before_the_upstream_is_asked()
    {
        var judgement = Request(new JudgedExchange().Path("A-2").Claim("account_id", "A-1"));

        Assert.Equal(
            (VerdictKind.Refuse, "ownership/request", 403),
            (judgement.Kind, judgement.Reason!.Id, judgement.Reason.Status)
        );
    }

    [Fact]
    public void Refuses_a_token_without_the_claim() =>
        Assert.Equal(VerdictKind.Refuse, Request(new JudgedExchange().Path("A-1").Claim("sub", "A-1")).Kind);

    [Fact]
    public void Refuses_an_anonymous_caller() => Assert.Equal(VerdictKind.Refuse, Request(new JudgedExchange().Path("A-1")).Kind);

    [Fact]
    public void Hides_what_exists_where_the_policy_says_so() =>
        Assert.Equal(404, Request(new JudgedExchange().Path("A-2"), hides: true).Reason!.Status);

    [Fact]
    public void Passes_where_nothing_is_declared()
    {
        var exchange = new JudgedExchange().Single("""{"ownerId":"u2"}""").Exchange;
        exchange.Plan = PlanOf(null, null, false);

        Assert.Equal(VerdictKind.Allow, _guard.Judge(exchange, Phase.RequestHead).Kind);
        Assert.Equal(VerdictKind.Allow, _guard.Judge(exchange, Phase.ResponseBody).Kind);
    }

    [Fact]
    public void Cuts_foreign_items_from_a_list()
    {
        var exchange = Enforced().Items("""{"ownerId":"u1"}""", """{"ownerId":"u2"}""", """{"name":"nobody's"}""").Exchange;

        var judgement = Items(exchange);

        Assert.Equal((VerdictKind.Clip, "ownership/item"), (judgement.Kind, judgement.Reason!.Id));
        Assert.Equal([ItemOutcome.Released, ItemOutcome.Dropped, ItemOutcome.Dropped], OutcomesOf(exchange));
    }

    [Fact]
    public void Refuses_an_answer_of_foreign_items_only()
    {
        var exchange = Enforced().Items("""{"ownerId":"u3"}""", """{"ownerId":"u2"}""").Exchange;

        Assert.Equal(VerdictKind.Refuse, Items(exchange).Kind);
        Assert.Equal([ItemOutcome.Dropped, ItemOutcome.Dropped], OutcomesOf(exchange));
    }

    [Fact]
    public void Refuses_a_single_record_of_somebody_else() =>
        Assert.Equal(VerdictKind.Refuse, Items(Enforced().Single("""{"ownerId":"u2"}""").Exchange).Kind);

    [Fact]
    public void Passes_a_single_record_of_the_caller() =>
        Assert.Equal(VerdictKind.Allow, Items(Enforced().Single("""{"ownerId":"u1"}""").Exchange).Kind);

    [Fact]
    public void Refuses_items_it_cannot_read()
    {
        var exchange = Enforced().Single("id,owner\n1,u1").Exchange;
        exchange.ResponseKind = BodyKind.Csv;

        Assert.Equal(VerdictKind.Refuse, Items(exchange).Kind);
    }

    [Fact]
    public void Records_only_the_verdict_while_monitoring()
    {
        var exchange = new JudgedExchange().Claim("sub", "u1").Items("""{"ownerId":"u1"}""", """{"ownerId":"u2"}""").Exchange;

        Assert.Equal(VerdictKind.Clip, Items(exchange).Kind);
        Assert.Equal([ItemOutcome.Released, ItemOutcome.Released], OutcomesOf(exchange));
    }

    private static JudgedExchange Enforced()
    {
        var made = new JudgedExchange().Claim("sub", "u1");
        made.Exchange.IsEnforced = true;
        return made;
    }

    private static ItemOutcome[] OutcomesOf(Exchange exchange) => [.. exchange.Items.Span.ToArray().Select(item => item.Outcome)];

    private static OperationPlan PlanOf(Expression? request, Expression? items, bool hides) =>
        new()
        {
            Operation = new Operation(0, "api", "GET", "/accounts/{accountId}", isDeclared: true),
            RequestOwnership = request,
            ItemOwnership = items,
            HidesForeign = hides,
        };

    private Judgement Request(JudgedExchange made, bool hides = false)
    {
        made.Exchange.Plan = PlanOf(JudgedExchange.Parse("path.accountId == token.account_id", hasItem: false), null, hides);
        return _guard.Judge(made.Exchange, Phase.RequestHead);
    }

    private Judgement Items(Exchange exchange)
    {
        exchange.Plan = PlanOf(null, JudgedExchange.Parse("item.ownerId == token.sub", hasItem: true), hides: false);
        return _guard.Judge(exchange, Phase.ResponseBody);
    }
}

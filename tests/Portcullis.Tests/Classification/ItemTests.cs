using Portcullis.Core;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Classification;

public sealed class ItemTests
{
    private readonly Answers _answers = new();

    [Theory]
    [InlineData(
        """{"customers":[{"id":1,"email":"a@x.org"},{"id":2,"email":"b@x.org"},{"id":3,"email":"c@x.org"}],"total":3}""",
        3
    )]
    [InlineData("""[{"name":"Ann","phone":"+14255550100"},{"name":"Bob","phone":"+14255550101"}]""", 2)]
    [InlineData("""{"accountId":"A-1","firstName":"Ann","email":"a@x.org","phone":"4255550100"}""", 1)]
    [InlineData("""["a@x.org","b@x.org","c@x.org","d@x.org","e@x.org"]""", 5)]
    [InlineData("""{"emails":["a@x.org","b@x.org"]}""", 2)]
    [InlineData("""{"accountId":7,"fullName":"Ann Lee","emails":["a@x.org","b@x.org"]}""", 1)]
    [InlineData("""{"accountId":7,"fullName":"Ann Lee","contacts":["a@x.org","b@x.org","c@x.org","d@x.org"]}""", 5)]
    [InlineData("""{"data":{"a":{"id":1,"email":"a@x.org"},"b":{"id":2,"email":"b@x.org"},"c":{"id":3,"email":"c@x.org"}}}""", 3)]
    [InlineData("""{"u1":"a@x.org","u2":"b@x.org","u3":"c@x.org","u4":"d@x.org"}""", 4)]
    [InlineData("""{"rows":[["Ann","a@x.org"],["Bob","b@x.org"]]}""", 2)]
    [InlineData("""{"accountId":1,"addresses":[{"street":"1 Main St","city":"A"},{"street":"2 Main St","city":"B"}]}""", 1)]
    [InlineData("""{"customer":{"name":{"first":"Ann","last":"Lee"},"email":"a@x.org"},"account":{"accountNumber":"A-1"}}""", 1)]
    [InlineData("""{"1":{"firstName":"Ann"},"2":{"firstName":"Bob"},"3":{"firstName":"Cyd"}}""", 3)]
    [InlineData("""{"accountId":1,"email":"a@x.org","manager":{"email":"m@x.org"}}""", 2)]
    [InlineData(
        """{"accountId":1,"fullName":"Ann Lee","billing":{"firstName":"Ann","lastName":"Lee","street":"1 Main St"}}""",
        1
    )]
    [InlineData("\"a@x.org\"", 1)]
    [InlineData("{}", 0)]
    [InlineData("[]", 0)]
    [InlineData("null", 0)]
    public void Counts_people(string json, int expected) => Assert.Equal(expected, _answers.Read(json).Items.Count);

    [Theory]
    [InlineData("""{"products":[{"id":1,"name":"Galaxy S24","price":19.99,"sku":"SKU-1"},{"id":2,"name":"Pixel 9"}]}""")]
    [InlineData("""{"plans":[{"id":"gold","name":"Gold","monthly":40,"description":"5 GB, free calls"}]}""")]
    [InlineData(
        """{"stores":[{"id":1,"name":"Downtown","phone":"+14255550100","address":{"street":"1 Main St","city":"Seattle"},"lat":47.61,"lng":-122.33}]}"""
    )]
    [InlineData("""{"id":1,"name":"Downtown","phone":"+14255550100","openingHours":"9-17"}""")]
    [InlineData("""{"orderId":"4000123412341234","createdAt":"2024-05-01T10:15:30Z","ts":1700000000000,"amount":-12.5}""")]
    [InlineData("""{"id":"7f1c2a9e-2b1d-4c57-9a52-0f6f9be3f001","status":"ok"}""")]
    [InlineData("""{"supportEmail":"help@x.org","support_phone":"+14255550100","companyEmail":"x@x.org"}""")]
    [InlineData("""{"access_token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP","expires_in":3600}""")]
    [InlineData("""{"cities":[{"name":"Seattle","state":"WA","zip":"98101","latitude":47.6}]}""")]
    [InlineData("""{"version":"1.2.3.4","ip":"10.0.0.1"}""")]
    public void Takes_things_for_nobody(string json) => Assert.Equal(0, _answers.Read(json).Items.Count);

    [Fact]
    public void Takes_a_list_under_customers_for_people()
    {
        var exchange = _answers.Read(
            """{"data":[{"id":1,"name":"Ann"},{"id":2,"name":"Bob"}],"total":2}""",
            template: "/customers"
        );
        Assert.Equal(2, exchange.Items.Count);
    }

    [Fact]
    public void Finds_the_classes_of_a_telecom_record()
    {
        var exchange = _answers.Read(
            """{"msisdn":"14255550100","accountNumber":"A-1","name":"Ann Lee","email":"a@x.org","imsi":"310260123456789","dob":"1990-02-28","billingAddress":{"street":"1 Main St","city":"Seattle"}}"""
        );
        Assert.Equal(
            Answers.Classes("phone", "account-id", "person-name", "email", "imsi", "birth-date", "postal-address"),
            exchange.ResponseClasses
        );
        Assert.Equal(1, exchange.Items.Count);
    }

    [Fact]
    public void Gives_one_account_one_key_as_number_and_as_text()
    {
        var number = _answers.Read("""{"accountId":100234,"email":"a@x.org"}""").Items[0].Subject;
        var text = _answers.Read("""{"fullName":"Ann","account_id":"100234"}""").Items[0].Subject;
        var plain = _answers.Read("""{"id":100234,"phone":"+14255550100"}""", template: "/v2/accounts/{id}").Items[0].Subject;
        Assert.Equal(number, text);
        Assert.Equal(number, plain);
    }

    [Fact]
    public void Tells_equal_text_of_two_kinds_apart() =>
        Assert.NotEqual(
            _answers.Read("""{"accountId":5}""").Items[0].Subject,
            _answers.Read("""{"customerId":5}""").Items[0].Subject
        );

    [Fact]
    public void Follows_the_subject_field_of_the_policy()
    {
        var one = _answers.Read(
            """{"ref":"R-9","email":"a@x.org"}""",
            plan: plan => plan with { SubjectField = "ref"u8.ToArray() }
        );
        var two = _answers.Read(
            """{"email":"new@x.org","ref":"R-9"}""",
            plan: plan => plan with { SubjectField = "ref"u8.ToArray() }
        );
        Assert.Equal(one.Items[0].Subject, two.Items[0].Subject);
    }

    [Fact]
    public void Keys_a_person_without_an_id_by_the_values_in_any_order() =>
        Assert.Equal(
            _answers.Read("""{"firstName":"Ann","dob":"1990-02-28"}""").Items[0].Subject,
            _answers.Read("""{"dob":"1990-02-28","firstName":"Ann"}""").Items[0].Subject
        );

    [Fact]
    public void Takes_two_phones_written_two_ways_for_one_person() =>
        Assert.Equal(
            _answers.Read("""{"phone":"+1 (425) 555-0100"}""").Items[0].Subject,
            _answers.Read("""{"phone":4255550100}""").Items[0].Subject
        );

    [Fact]
    public void Links_an_item_without_an_id_through_a_known_alias()
    {
        var known = _answers.Read("""{"accountId":7,"email":"Ann@x.org"}""");
        Learn(known, "agent");
        var linked = _answers.Read("""{"email":"ann@x.org","dob":"1990-02-28"}""");
        Assert.Equal(known.Items[0].Subject, linked.Items[0].Subject);
    }

    [Fact]
    public void Never_links_through_an_alias_of_two_subjects()
    {
        var first = _answers.Read("""{"accountId":7,"email":"a@x.org"}""");
        var second = _answers.Read("""{"accountId":8,"email":"a@x.org"}""");
        Learn(first, "agent");
        Learn(second, "agent");
        var third = _answers.Read("""{"email":"a@x.org"}""").Items[0].Subject;
        Assert.NotEqual(first.Items[0].Subject, third);
        Assert.NotEqual(second.Items[0].Subject, third);
    }

    [Fact]
    public void Learns_no_alias_from_an_item_that_did_not_leave()
    {
        var withheld = _answers.Read("""{"accountId":7,"email":"a@x.org"}""");
        withheld.Items[0].Outcome = ItemOutcome.Dropped;
        Learn(withheld, "agent");
        Assert.Equal(0, _answers.State.Links.Count);
    }

    [Fact]
    public void Setting_anothers_mail_as_ones_own_makes_that_person_nobody_else()
    {
        var own = _answers.Read("""{"accountId":7,"email":"victim@x.org"}""");
        Learn(own, "7");
        Learn(own, null);

        var victim = _answers.Read("""{"email":"victim@x.org","dob":"1990-02-28"}""");

        Assert.NotEqual(own.Items[0].Subject, victim.Items[0].Subject);
    }

    // As when the answer had left to whoever a token names; null is somebody who proved nothing.
    private void Learn(Exchange exchange, string? account)
    {
        exchange.Identity = account is null ? null : Identities.Named(account);
        _answers.State.Links.Mark(exchange, _answers.State.Keys);
        _answers.State.Links.Learn(exchange);
    }

    [Fact]
    public void Leaves_public_classes_out()
    {
        var exchange = _answers.Read(
            """{"username":"ann","email":"a@x.org"}""",
            plan: plan => plan with { PublicClasses = Answers.Classes("user-id") }
        );
        Assert.Equal(Answers.Classes("email"), exchange.Items[0].Classes);
        Assert.Equal(1, exchange.Values.Count);
    }

    [Fact]
    public void Judges_every_occurrence_of_a_repeated_key()
    {
        var exchange = _answers.Read("""{"accountId":1,"note":"a@x.org","note":"hello"}""");
        Assert.Equal(Answers.Classes("account-id", "email"), exchange.ResponseClasses);
    }

    [Fact]
    public void Reads_escaped_names_and_values()
    {
        var exchange = _answers.Read("""{"\u0065mail":"ann\u0040x.org"}""");
        Assert.Equal(_answers.Read("""{"email":"ann@x.org"}""").Items[0].Subject, exchange.Items[0].Subject);
    }

    [Theory]
    [InlineData("application/x-ndjson", "{\"email\":\"a@x.org\"}\n{\"email\":\"b@x.org\"}\n", 2)]
    [InlineData("application/json", "{\"email\":\"a@x.org\"}\n{\"email\":\"b@x.org\"}\n", 2)]
    [InlineData("text/csv", "name,email\nAnn,a@x.org\n\"Lee, Bob\",b@x.org\n", 2)]
    [InlineData("text/csv", "a@x.org;Ann\r\nb@x.org;Bob\r\n", 2)]
    [InlineData("application/x-www-form-urlencoded", "accountId=7&email=ann%40x.org", 1)]
    [InlineData(
        "application/xml",
        "<customers><customer><email>a@x.org</email></customer><customer><email>b@x.org</email></customer></customers>",
        2
    )]
    [InlineData("text/xml", "<?xml version=\"1.0\"?><c email='a@x.org' accountId=\"9\"><name>Ann</name></c>", 1)]
    [InlineData("text/html", "<p>Write to <a href=\"mailto:ann@x.org\">Ann</a> or bob@x.org.</p>", 2)]
    [InlineData("text/plain", "{\"email\":\"a@x.org\",\"accountId\":1}", 1)]
    [InlineData("", "[{\"email\":\"a@x.org\"},{\"email\":\"b@x.org\"}]", 2)]
    [InlineData("text/plain", "nothing here", 0)]
    public void Reads_every_kind_of_body(string contentType, string body, int items) =>
        Assert.Equal(items, _answers.Read(body, contentType).Items.Count);

    [Fact]
    public void Sees_an_email_in_a_redirect()
    {
        var exchange = _answers.Read("", "text/plain");
        ((HeaderList)exchange.ResponseHeaders!).Add("Location", "/welcome?user=ann%40x.org&next=1");
        _answers.Run(exchange);
        Assert.Equal(Answers.Classes("email"), exchange.ResponseClasses);
    }

    [Fact]
    public void Stays_linear_on_a_map_of_many_people()
    {
        var people = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""  "k{{i}}":{"email":"u{{i}}@x.org"}  """));
        Assert.Equal(20_000, _answers.Read($"{{{people}}}").Items.Count);
    }
}

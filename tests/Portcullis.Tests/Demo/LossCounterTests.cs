using System.Text;
using System.Text.Json;
using Portcullis.Demo;
using Portcullis.Sample.Telecom;
using Xunit;

namespace Portcullis.Tests.Demo;

/// <summary>What counts as a lost record in the demo.</summary>
public sealed class LossCounterTests
{
    private readonly Population _population = new(1_000);
    private readonly LossCounter _loss;

    public LossCounterTests() => _loss = new LossCounter(_population);

    [Fact]
    public void Counts_each_person_once_however_often_the_record_comes()
    {
        Receive(_population.At(3));
        Receive(_population.At(3));
        Receive(_population.At(4));
        Assert.Equal(2, _loss.Count);
    }

    [Fact]
    public void Counts_everybody_on_a_page()
    {
        Receive(new { page = 0, items = new[] { _population.At(1), _population.At(2), _population.At(5) } });
        Assert.Equal(3, _loss.Count);
    }

    [Fact]
    public void Counts_a_member_by_its_full_name()
    {
        var customer = _population.At(9);
        Receive(new { id = "m" + customer.AccountId, fullName = customer.Name });
        Assert.Equal(1, _loss.Count);
    }

    [Fact]
    public void A_masked_record_is_not_lost()
    {
        Receive(
            new
            {
                accountId = _population.At(3).AccountId,
                name = "A*** B***",
                phone = "+1206***",
                email = "***@mail.example",
            }
        );
        Assert.Equal(0, _loss.Count);
    }

    [Fact]
    public void One_clear_value_among_masked_ones_is_a_loss()
    {
        Receive(
            new
            {
                accountId = _population.At(3).AccountId,
                name = "***",
                phone = _population.At(3).Phone,
            }
        );
        Assert.Equal(1, _loss.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"status\":429,\"title\":\"Too many\"}")]
    [InlineData("{\"accountId\":\"999999999\",\"name\":\"Nobody\"}")]
    [InlineData("{\"accountId\":\"100000003\",\"name\":")]
    [InlineData("<html>")]
    public void What_holds_no_true_value_is_not_a_loss(string body)
    {
        _loss.Receive(Encoding.UTF8.GetBytes(body));
        Assert.Equal(0, _loss.Count);
    }

    private void Receive<T>(T value) => _loss.Receive(JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));
}

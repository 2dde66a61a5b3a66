using System.Text;
using Portcullis.Core.Classification;
using Portcullis.Core.Hashing;
using Xunit;

namespace Portcullis.Tests.Classification;

public sealed class FieldNameTests
{
    [Theory]
    [InlineData("email", "email")]
    [InlineData("E-Mail", "email")]
    [InlineData("customer_email", "email")]
    [InlineData("customerEmailAddress", "email")]
    [InlineData("BILLING_PHONE_NUMBER", "phone")]
    [InlineData("ownerDateOfBirth", "birth-date")]
    [InlineData("account-id", "account-id")]
    [InlineData("AccountID", "account-id")]
    public void Reads_any_spelling_of_a_name(string name, string id) =>
        Assert.Equal(Answers.Classes(id), DataClasses.Names.Find(Encoding.UTF8.GetBytes(name)).Strong);

    [Theory]
    [InlineData("emailVerified")]
    [InlineData("phoneModel")]
    [InlineData("storePhone")]
    [InlineData("merchant_email")]
    [InlineData("hotel")]
    [InlineData("embers")]
    public void Reads_nothing_into_a_name_that_only_resembles_one(string name) =>
        Assert.Equal(0UL, DataClasses.Names.Find(Encoding.UTF8.GetBytes(name)).Strong);

    [Fact]
    public void Remembers_names_without_mixing_them_up()
    {
        var cache = new FieldNameCache();
        var random = new Random(3);
        for (var i = 0; i < 50_000; i++)
        {
            var name = new byte[random.Next(1, 20)];
            for (var n = 0; n < name.Length; n++)
            {
                name[n] = "emailphondvt_\0"u8[random.Next(14)];
            }
            Assert.Equal(DataClasses.Names.Find(name), cache.Find(name, NameHash.Of(name)));
        }
    }
}

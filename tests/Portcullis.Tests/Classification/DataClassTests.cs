using System.Text;
using Portcullis.Core;
using Portcullis.Core.Classification;
using Xunit;

namespace Portcullis.Tests.Classification;

public sealed class DataClassTests
{
    public static TheoryData<string, string> Examples =>
        [.. Catalog.DataClasses.SelectMany(item => item.Examples.Select(value => (item.Id, value)))];

    public static TheoryData<string, string> CounterExamples =>
        [.. Catalog.DataClasses.SelectMany(item => item.CounterExamples.Select(value => (item.Id, value)))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Matches_its_examples_under_its_field_names(string id, string value) =>
        Assert.True(Find(id).IsPlausible(Encoding.UTF8.GetBytes(value)));

    [Theory]
    [MemberData(nameof(CounterExamples))]
    public void Matches_none_of_its_counter_examples(string id, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Assert.False(Find(id).IsPlausible(bytes));
        Assert.False(Find(id).IsCertain(bytes));
    }

    [Fact]
    public void Asks_about_no_value_that_the_prefilter_would_have_hidden()
    {
        foreach (var item in Catalog.DataClasses)
        {
            foreach (var value in item.Examples.Select(Encoding.UTF8.GetBytes))
            {
                if (item.IsCertain(value))
                {
                    Assert.NotNull(item.CertainShape);
                    Assert.True(
                        item.CertainShape.Value.Admits(DataClasses.TraitsOf(value), value.Length),
                        $"{item.Id}: {Encoding.UTF8.GetString(value)}"
                    );
                }
            }
        }
    }

    [Fact]
    public void Writes_field_names_in_normal_form()
    {
        foreach (var name in Catalog.DataClasses.SelectMany(item => item.FieldNames.Concat(item.WeakFieldNames)))
        {
            Assert.All(name, c => Assert.True(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c), name));
        }
    }

    [Fact]
    public void Normalises_into_a_buffer_one_byte_longer_than_the_value()
    {
        foreach (var item in Catalog.DataClasses)
        {
            foreach (var value in item.Examples.Concat(item.CounterExamples).Select(Encoding.UTF8.GetBytes))
            {
                Assert.InRange(item.Normalise(value, new byte[value.Length + 1]), 0, value.Length + 1);
            }
        }
    }

    [Theory]
    [InlineData("19.99")]
    [InlineData("000-12-3456")]
    [InlineData("666-12-3456")]
    [InlineData("900-12-3456")]
    [InlineData("536-00-4399")]
    [InlineData("2024-01-15")]
    [InlineData("ORD-2024-000123")]
    [InlineData("4000123412341234")]
    [InlineData("1700000000000")]
    [InlineData("2024-05-01T10:15:30Z")]
    [InlineData("7f1c2a9e-2b1d-4c57-9a52-0f6f9be3f001")]
    [InlineData("https://example.com/users/1")]
    [InlineData("10.0.0.1")]
    [InlineData("v1.2.3")]
    [InlineData("Galaxy S24 (128 GB)")]
    [InlineData("support@example.com")]
    [InlineData("$2 off your next bill, today only")]
    public void Takes_an_everyday_value_for_nobody_s(string value) =>
        Assert.Equal(-1, DataClasses.Certain(Encoding.UTF8.GetBytes(value)));

    private static DataClass Find(string id) => Catalog.DataClasses.Single(item => item.Id == id);

    [Fact]
    public void Traits_of_a_text_are_those_of_its_characters()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new byte[random.Next(0, 100)];
            random.NextBytes(text);
            if (i % 2 == 0)
            {
                for (var n = 0; n < text.Length; n++)
                {
                    text[n] = "a9@.$+ -/()_Z0"u8[text[n] % 14];
                }
            }
            var expected = ValueTraits.None;
            foreach (var c in text)
            {
                expected |= DataClasses.TraitsOf([c]);
            }
            Assert.Equal(expected, DataClasses.TraitsOf(text));
        }
    }
}

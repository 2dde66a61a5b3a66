using System.Text;
using PhoneNumbers;
using Portcullis.Core;
using Portcullis.Core.Classification;
using Xunit;
using Ours = Portcullis.Core.Classification.PhoneNumbers;

namespace Portcullis.Tests.Classification;

public sealed class PhoneNumberTests
{
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    [Fact]
    public void Accepts_every_number_the_library_holds_valid()
    {
        var random = new Random(20260401);
        var compared = 0;
        foreach (var region in Library.GetSupportedRegions().Order(StringComparer.Ordinal))
        {
            foreach (var kind in new[] { PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE })
            {
                if (Library.GetExampleNumberForType(region, kind) is not { } example)
                {
                    continue;
                }
                for (var i = 0; i < 20; i++)
                {
                    var number = Vary(example, random);
                    if (!Library.IsValidNumber(number))
                    {
                        continue;
                    }
                    foreach (var format in new[] { PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL })
                    {
                        var text = Library.Format(number, format);
                        if (text.Count(char.IsAsciiDigit) >= 8)
                        {
                            compared++;
                            Assert.True(Ours.IsPlausible(Encoding.UTF8.GetBytes(text)), text);
                        }
                    }
                }
            }
        }
        Assert.InRange(compared, 5_000, int.MaxValue);
    }

    [Fact]
    public void Refuses_international_numbers_of_a_length_the_library_calls_impossible()
    {
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var digits = new string([.. Enumerable.Range(0, random.Next(8, 16)).Select(_ => (char)('0' + random.Next(10)))]);
            var text = $"+{digits}";
            var result = Reason(text);
            var isPossible = result is PhoneNumberUtil.ValidationResult.IS_POSSIBLE;
            if (!isPossible && !HasLeadingZeroAfterCode(digits))
            {
                refused++;
                Assert.False(Ours.IsPlausible(Encoding.ASCII.GetBytes(text)), $"{text}: {result}");
            }
        }
        Assert.InRange(refused, 1_000, int.MaxValue);
    }

    [Theory]
    [InlineData("+1 (425) 555-0100")]
    [InlineData("+14255550100")]
    [InlineData("4255550100")]
    [InlineData("(425) 555-0100")]
    [InlineData("1-425-555-0100")]
    [InlineData("0014255550100")]
    [InlineData("tel:+1-425-555-0100")]
    public void Gives_one_number_one_form(string text) => Assert.Equal("14255550100", Normalised(text));

    [Theory]
    [InlineData("+44 (0)20 7946 0123", "442079460123")]
    [InlineData("07911 123456", "7911123456")]
    [InlineData("00442079460123", "442079460123")]
    public void Drops_the_trunk_zero(string text, string expected) => Assert.Equal(expected, Normalised(text));

    private static string Normalised(string text)
    {
        var phone = Catalog.DataClasses.Single(item => item.Id == "phone");
        var buffer = new byte[text.Length + 1];
        return Encoding.ASCII.GetString(buffer, 0, phone.Normalise(Encoding.ASCII.GetBytes(text), buffer));
    }

    private static PhoneNumber Vary(PhoneNumber example, Random random)
    {
        var national = example.NationalNumber.ToString();
        var varied = $"{national[..^3]}{random.Next(1000):000}";
        return example.ToBuilder().SetNationalNumber(ulong.Parse(varied)).Build();
    }

    private static PhoneNumberUtil.ValidationResult Reason(string text)
    {
        try
        {
            return Library.IsPossibleNumberWithReason(Library.Parse(text, null));
        }
        catch (NumberParseException)
        {
            return PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE;
        }
    }

    // The library strips a national prefix there, which changes the length; the gate keeps the digits as they are.
    private static bool HasLeadingZeroAfterCode(string digits) =>
        Enumerable.Range(1, 3).Any(length => digits.Length > length && digits[length] is '0' or '1' or '8');
}

namespace Portcullis.Core.Classification.Classes;

/// <summary>A payment card number; source: ISO/IEC 7812-1 (Luhn, issuer ranges).</summary>
internal sealed class PaymentCard : DataClass
{
    public override string Id => "payment-card";

    public override byte Bit => 12;

    public override DataClassKind Kind => DataClassKind.Personal;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "cardnumber",
        "cardno",
        "pan",
        "primaryaccountnumber",
        "creditcard",
        "creditcardnumber",
        "creditcardno",
        "ccnumber",
        "ccno",
        "ccnum",
        "debitcard",
        "debitcardnumber",
        "paymentcardnumber",
    ];

    public override bool EndsCompoundNames => true;

    public override ValueShape? CertainShape { get; } =
        new(
            ValueTraits.Digit | ValueTraits.Separator,
            ValueTraits.Letter | ValueTraits.At | ValueTraits.Dot | ValueTraits.Other | ValueTraits.Plus | ValueTraits.Dollar,
            17
        );

    public override IReadOnlyList<string> Examples { get; } =
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "378282246310005",
        "3782 822463 10005",
        "6011111111111117",
    ];

    public override IReadOnlyList<string> CounterExamples { get; } =
    ["4111111111111112", "1234567890123456", "4111", "0000 0000 0000 0000", "**** **** **** 1111"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[19];
        var length = Texts.StripToDigits(value, digits);
        return length >= 12 && IsCard(digits[..length]);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value)
    {
        // Bare digits under any name are order numbers in one case of fifty; people group cards by four, or 4-6-5.
        if (value.Length is < 17 or > 23)
        {
            return false;
        }
        Span<int> groups = stackalloc int[5];
        var group = 0;
        foreach (var c in value)
        {
            if (c is (byte)' ' or (byte)'-')
            {
                if (++group == groups.Length)
                {
                    return false;
                }
            }
            else
            {
                groups[group]++;
            }
        }
        var isGrouped = group == 3 && groups[0] == 4 && groups[1] == 4 && groups[2] == 4 && groups[3] == 4;
        var isAmex = group == 2 && groups[0] == 4 && groups[1] == 6 && groups[2] == 5;
        return (isGrouped || isAmex) && IsPlausible(value);
    }

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) =>
        Math.Max(0, Texts.StripToDigits(value, destination));

    private static bool IsCard(ReadOnlySpan<byte> digits)
    {
        var prefix = (digits[0] - '0') * 1000 + (digits[1] - '0') * 100 + (digits[2] - '0') * 10 + digits[3] - '0';
        var fits = prefix switch
        {
            >= 4000 and <= 4999 => digits.Length is 13 or 16 or 19,
            >= 5100 and <= 5599 or >= 2221 and <= 2720 => digits.Length == 16,
            >= 3400 and <= 3499 or >= 3700 and <= 3799 => digits.Length == 15,
            >= 3000 and <= 3059 or >= 3600 and <= 3699 or >= 3800 and <= 3999 => digits.Length is >= 14 and <= 19,
            >= 3528 and <= 3589 or >= 6000 and <= 6999 or >= 8100 and <= 8171 => digits.Length is >= 16 and <= 19,
            >= 5000 and <= 5099 or >= 5600 and <= 5899 => digits.Length >= 12,
            >= 2200 and <= 2204 or 9792 => digits.Length is >= 16 and <= 19,
            _ => false,
        };
        return fits && Checksums.Luhn(digits);
    }
}

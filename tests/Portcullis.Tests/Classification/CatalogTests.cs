using Portcullis.Core;
using Portcullis.Core.Classification;
using Xunit;

namespace Portcullis.Tests.Classification;

public sealed class CatalogTests
{
    /// <summary>Bits stand in journals: a number may be added here, none may ever change.</summary>
    private static readonly string[] Frozen =
    [
        "0 account-id",
        "1 customer-id",
        "2 user-id",
        "3 person-name",
        "4 email",
        "5 phone",
        "6 postal-address",
        "7 birth-date",
        "8 national-id",
        "9 passport",
        "10 driving-licence",
        "11 tax-id",
        "12 payment-card",
        "13 iban",
        "14 imsi",
        "15 imei",
        "16 iccid",
        "17 aadhaar",
        "18 geolocation",
        "19 ip-address",
        "20 vehicle-vin",
        "21 password-hash",
        "22 private-key",
        "23 jwt",
        "24 api-key",
    ];

    [Fact]
    public void Keeps_every_data_class_at_its_bit() =>
        Assert.Equal(Frozen, Catalog.DataClasses.Select(item => $"{item.Bit} {item.Id}"));

    [Fact]
    public void Ends_the_start_on_two_classes_with_one_bit()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Catalog.Checked([new Made("one", 40), new Made("two", 40)]));
        Assert.Contains("same bit '40'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_the_start_on_two_classes_with_one_id()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Catalog.Checked([new Made("one", 40), new Made("one", 41)]));
        Assert.Contains("same id 'one'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_the_start_on_a_bit_that_no_set_can_hold() =>
        Assert.Throws<InvalidOperationException>(() => Catalog.Checked([new Made("one", 64)]));

    private sealed class Made(string id, byte bit) : DataClass
    {
        public override string Id => id;

        public override byte Bit => bit;

        public override DataClassKind Kind => DataClassKind.Personal;

        public override IReadOnlyList<string> FieldNames => [];

        public override IReadOnlyList<string> Examples => [];

        public override IReadOnlyList<string> CounterExamples => [];

        public override bool IsPlausible(ReadOnlySpan<byte> value) => false;

        public override bool IsCertain(ReadOnlySpan<byte> value) => false;
    }
}

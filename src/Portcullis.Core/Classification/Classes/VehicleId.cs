using System.Buffers;

namespace Portcullis.Core.Classification.Classes;

/// <summary>A vehicle identification number; source: ISO 3779 and 49 CFR 565 (17 characters, check digit at nine in North America).</summary>
internal sealed class VehicleId : DataClass
{
    public override string Id => "vehicle-vin";

    public override byte Bit => 20;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    ["vin", "vinnumber", "vehicleidentificationnumber", "vehiclevin", "chassisnumber"];

    public override IReadOnlyList<string> Examples { get; } = ["1HGCM82633A004352", "WVWZZZ1JZXW000001"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["1HGCM82643A004352", "ABC", "1HGCM82633A00435I", ""];

    // Too like 1 and 0.
    private static readonly SearchValues<byte> Unused = SearchValues.Create("IOQioq"u8);

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        if (value.Length != 17 || !Texts.IsAll(value, Texts.Alphanumeric) || value.ContainsAny(Unused) || Texts.IsOneDigit(value))
        {
            return false;
        }
        // Only North America (first character 1 to 5) requires the check digit.
        return value[0] is < (byte)'1' or > (byte)'5' || HasCheckDigit(value);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;

    private static bool HasCheckDigit(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += Worth((byte)(char.IsAsciiLetter((char)value[i]) ? value[i] & 0xDF : value[i])) * weights[i];
        }
        return (value[8] & 0xDF) == 'X' ? sum % 11 == 10 : value[8] == '0' + sum % 11;
    }

    private static int Worth(byte c) =>
        c switch
        {
            <= (byte)'9' => c - '0',
            <= (byte)'H' => c - 'A' + 1,
            <= (byte)'R' => c - 'J' + 1,
            _ => c - 'S' + 2,
        };
}

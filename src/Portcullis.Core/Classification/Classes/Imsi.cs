namespace Portcullis.Core.Classification.Classes;

/// <summary>The subscriber identity on a SIM card; source: ITU-T E.212 (country code 2xx–7xx, 14 or 15 digits).</summary>
internal sealed class Imsi : DataClass
{
    public override string Id => "imsi";

    public override byte Bit => 14;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } = ["imsi", "imsinumber", "subscriberidentity"];

    public override bool EndsCompoundNames => true;

    public override IReadOnlyList<string> Examples { get; } = ["310260123456789", "26201123456789"];

    public override IReadOnlyList<string> CounterExamples { get; } =
    ["", "31026", "110260123456789", "3102601234567890", "31026012345678x"];

    public override bool IsPlausible(ReadOnlySpan<byte> value) =>
        value.Length is 14 or 15 && Texts.IsAll(value, Texts.Digits) && value[0] is (>= (byte)'2' and <= (byte)'7') or (byte)'9';

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;
}

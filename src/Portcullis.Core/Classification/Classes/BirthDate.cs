namespace Portcullis.Core.Classification.Classes;

/// <summary>The day a person was born.</summary>
internal sealed class BirthDate : DataClass
{
    public override string Id => "birth-date";

    public override byte Bit => 7;

    public override DataClassKind Kind => DataClassKind.Personal;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "birthdate",
        "dateofbirth",
        "birthday",
        "dob",
        "birthdt",
        "birthdateutc",
        "birthon",
        "datebirth",
        "born",
        "bday",
        "yearofbirth",
        "birthyear",
    ];

    public override bool EndsCompoundNames => true;

    public override IReadOnlyList<string> Examples { get; } =
    ["1990-02-28", "28.02.1990", "2/28/90", "19900228", "1990-02-28T00:00:00Z", "28 Feb 1990", "1985", "-315619200"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "today", "true", "n/a", "12"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        if (value.Length is < 4 or > 32)
        {
            return false;
        }
        // Any writing order passes: 1990-02-28, 28.02.1990, 2/28/90, 19900228, 1990, seconds before or after 1970.
        var digits = 0;
        var hasYear = false;
        var run = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiDigit((char)c))
            {
                digits++;
                run++;
                hasYear |= run >= 4;
                continue;
            }
            run = 0;
            if (
                c
                is not (
                    (byte)'-'
                    or (byte)'/'
                    or (byte)'.'
                    or (byte)' '
                    or (byte)'T'
                    or (byte)':'
                    or (byte)'Z'
                    or (byte)'+'
                    or (byte)','
                )
            )
            {
                if (!char.IsAsciiLetter((char)c))
                {
                    return false;
                }
            }
        }
        return digits >= 4 && (hasYear || digits >= 5) && !Texts.IsOneDigit(value);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;
}

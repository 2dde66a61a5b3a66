namespace Portcullis.Core.Classification;

/// <summary>What a field's name tells: classes it carries for certain or weakly, marks, and the class of a plain <c>id</c> inside it.</summary>
/// <param name="Strong">Data classes, one bit each.</param>
/// <param name="Weak">Data classes that need other personal data beside them.</param>
/// <param name="Mark">What it says of its object.</param>
/// <param name="IdClass">For a container: bit of the class its plain ids belong to; 255 for none.</param>
/// <param name="Field">Tells names apart: two ids conflict only under one name.</param>
internal readonly record struct FieldMeaning(
    ulong Strong,
    ulong Weak,
    FieldMark Mark,
    byte IdClass = FieldMeaning.NoClass,
    ushort Field = 0
)
{
    public const byte NoClass = 255;

    public static readonly FieldMeaning None = new(0, 0, FieldMark.None);

    public bool Has(FieldMark mark) => (Mark & mark) != 0;
}

namespace Portcullis.Core.Classification;

/// <summary>What a field's name says of the object it stands in or holds.</summary>
[Flags]
internal enum FieldMark : byte
{
    None = 0,

    /// <summary>Plain <c>id</c>: the strong id of an object that turns out to be a person's.</summary>
    PlainId = 1,

    /// <summary>Holds a person (<c>customer</c>, <c>owner</c>): weak names inside it are a person's.</summary>
    Person = 2,

    /// <summary>Holds a place or company (<c>stores</c>, <c>merchant</c>): its phone and address are nobody's.</summary>
    Place = 4,

    /// <summary>Stands only in places (<c>openingHours</c>).</summary>
    InPlace = 8,

    /// <summary>Says nothing itself (<c>value</c>, <c>number</c>): the field around it does.</summary>
    Generic = 16,

    /// <summary>Known to be nobody's whatever it holds (<c>supportEmail</c>).</summary>
    Impersonal = 32,

    /// <summary>Its classes also count at the end of a longer name.</summary>
    Compound = 64,

    /// <summary>Only wraps (<c>data</c>, <c>results</c>): what is inside is what was around.</summary>
    Wrapper = 128,
}

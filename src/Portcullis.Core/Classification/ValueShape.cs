namespace Portcullis.Core.Classification;

/// <summary>The prefilter of a data class: characters a value must have, must not have, and its least length, to be worth asking about.</summary>
/// <param name="Needs">All of these occur.</param>
/// <param name="Bars">None of these occurs.</param>
/// <param name="MinLength">Fewest bytes.</param>
public readonly record struct ValueShape(ValueTraits Needs, ValueTraits Bars, int MinLength)
{
    /// <summary>True when a value of these traits and length may match.</summary>
    public bool Admits(ValueTraits traits, int length) =>
        length >= MinLength && (traits & Needs) == Needs && (traits & Bars) == 0;
}

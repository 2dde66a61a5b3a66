namespace Portcullis.Core.Traffic;

/// <summary>One protected value in an answer, so that it can be masked in place.</summary>
/// <param name="Range">The value's bytes in the decoded body, quotes included where it has them.</param>
/// <param name="ClassBit">Bit number of its data class.</param>
/// <param name="Item">Index of its item in <see cref="Exchange.Items"/>.</param>
public readonly record struct ValueFact(TextRange Range, byte ClassBit, int Item);

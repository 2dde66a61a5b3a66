namespace Portcullis.Core.Traffic;

/// <summary>A header of an answer in which personal data was seen.</summary>
public readonly record struct HeaderFact(string Name);

namespace Portcullis.Core.Traffic;

/// <summary>One name=value of the query, percent-decoded into <see cref="Exchange.TargetBytes"/>.</summary>
public readonly record struct QueryParameter(TextRange Name, TextRange Value);

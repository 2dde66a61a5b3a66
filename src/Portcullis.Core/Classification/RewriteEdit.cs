namespace Portcullis.Core.Classification;

/// <summary>One change to a body: a stretch cut out, or a value replaced by its mask.</summary>
internal readonly record struct RewriteEdit(TextRange Range, bool IsCut);

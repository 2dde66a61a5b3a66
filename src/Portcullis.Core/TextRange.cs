namespace Portcullis.Core;

/// <summary>A stretch of bytes in a buffer that is named beside it.</summary>
/// <param name="Start">0-based offset.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct TextRange(int Start, int Length);

namespace Portcullis.Wire;

/// <summary>An answer as it arrived.</summary>
/// <param name="Status">Status code.</param>
/// <param name="ContentType">As sent; empty without.</param>
/// <param name="Body">Valid until the next exchange.</param>
internal readonly record struct ReceivedAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body);

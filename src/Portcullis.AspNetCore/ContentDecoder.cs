using System.IO.Compression;
using ZstdSharp;

namespace Portcullis.AspNetCore;

/// <summary>Decodes gzip, br and zstd into held bytes, within the caps that also bound decompression bombs.</summary>
internal static class ContentDecoder
{
    private const int Step = 16 * 1024;

    /// <summary>False when the bytes are not of that coding, or decode to more than may be held.</summary>
    public static bool TryDecode(string coding, ReadOnlyMemory<byte> encoded, HeldBytes into, int most, long total)
    {
        try
        {
            using var source = new MemoryStream(encoded.ToArray(), writable: false);
            using Stream? decoder = coding.ToLowerInvariant() switch
            {
                "gzip" => new GZipStream(source, CompressionMode.Decompress),
                "br" => new BrotliStream(source, CompressionMode.Decompress),
                "zstd" => new DecompressionStream(source),
                _ => null,
            };
            return decoder is not null && Copy(decoder, into, most, total);
        }
        catch (Exception fault) when (fault is InvalidDataException or ZstdException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Copy(Stream decoder, HeldBytes into, int most, long total)
    {
        Span<byte> step = stackalloc byte[Step];
        int read;
        while ((read = decoder.Read(step)) > 0)
        {
            if (into.TryAppend(step[..read], 0, most, total) != HoldResult.Held)
            {
                return false;
            }
        }
        return true;
    }
}

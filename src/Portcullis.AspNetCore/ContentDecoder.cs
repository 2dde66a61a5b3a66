using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Portcullis.AspNetCore;

/// <summary>
/// Decodes gzip, br and zstd into held bytes, within the caps that also bound decompression bombs. What follows the end of the coded bytes
/// would leave unread, so it makes them undecodable.
/// </summary>
internal static class ContentDecoder
{
    private const int Step = 16 * 1024;

    // RFC 9659: a zstd content coding has a window of 8 MiB at most.
    private const int ZstdWindowLog = 23;

    /// <summary>False when the bytes are not of that coding, end early, have something behind them, or decode to more than may be held.</summary>
    public static bool TryDecode(string coding, ReadOnlyMemory<byte> encoded, HeldBytes into, int most, long total)
    {
        try
        {
            return coding.ToLowerInvariant() switch
            {
                "gzip" => Gzip(encoded, into, most, total),
                "br" => Brotli(encoded.Span, into, most, total),
                "zstd" => Zstd(encoded, into, most, total),
                _ => false,
            };
        }
        catch (Exception fault) when (fault is InvalidDataException or ZstdException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Gzip(ReadOnlyMemory<byte> encoded, HeldBytes into, int most, long total)
    {
        using var source = StreamOver(encoded);
        using var decoder = new GZipStream(source, CompressionMode.Decompress);
        // RFC 1952: the last four bytes are the length. The decoder stops silently at what is no further member, and with another behind it
        // the length is not that of the whole: neither is sent by any server that compresses an answer.
        return Copy(decoder, into, most, total)
            && encoded.Length >= sizeof(uint)
            && BinaryPrimitives.ReadUInt32LittleEndian(encoded.Span[^4..]) == (uint)into.Length;
    }

    private static bool Brotli(ReadOnlySpan<byte> encoded, HeldBytes into, int most, long total)
    {
        using var decoder = new BrotliDecoder();
        Span<byte> step = stackalloc byte[Step];
        while (true)
        {
            var status = decoder.Decompress(encoded, step, out var consumed, out var written);
            encoded = encoded[consumed..];
            if (into.TryAppend(step[..written], 0, most, total) != HoldResult.Held)
            {
                return false;
            }
            if (status != OperationStatus.DestinationTooSmall)
            {
                return status == OperationStatus.Done && encoded.IsEmpty;
            }
        }
    }

    private static bool Zstd(ReadOnlyMemory<byte> encoded, HeldBytes into, int most, long total)
    {
        using var source = StreamOver(encoded);
        using var decoder = new DecompressionStream(source);
        decoder.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, ZstdWindowLog);
        return Copy(decoder, into, most, total);
    }

    private static MemoryStream StreamOver(ReadOnlyMemory<byte> encoded) =>
        MemoryMarshal.TryGetArray(encoded, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(encoded.ToArray(), writable: false);

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

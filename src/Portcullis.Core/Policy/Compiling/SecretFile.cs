using System.Buffers;
using System.Text.Unicode;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Shared secrets as files hold them: text of an editor, or raw bytes.</summary>
internal static class SecretFile
{
    // All controls but tab, line feed and carriage return.
    private static readonly SearchValues<byte> NoText = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Append(0x7F).Except([0x09, 0x0A, 0x0D]).Select(value => (byte)value),
    ]);

    /// <summary>
    /// The secret: text without the line break that an editor leaves at its end, and raw bytes to the last one, which may be such a byte too.
    /// </summary>
    public static ReadOnlyMemory<byte> Secret(byte[] file)
    {
        var text = file.AsMemory().TrimEnd("\r\n"u8);
        return IsText(text.Span) ? text : file;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.ContainsAny(NoText);
}

using System.Globalization;
using System.Text;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>Looks for personal values in bytes: plain in UTF-8 and UTF-16, without regard to case, percent-encoded, hexadecimal, base64 at any alignment.</summary>
internal sealed class Traces
{
    private readonly List<(string Value, string Form, byte[] Bytes)> _forms = [];

    public Traces(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            var utf8 = Encoding.UTF8.GetBytes(value);
            Add(value, "plain", utf8);
            Add(value, "UTF-16", Encoding.Unicode.GetBytes(value));
            Add(value, "percent-encoded", Encoding.ASCII.GetBytes(Uri.EscapeDataString(value)));
            Add(value, "hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8)));
            for (var before = 0; before < 3; before++)
            {
                // What stands before shifts the digits; the first and last ones also hold bits of neighbours.
                var digits = Convert.ToBase64String([.. new byte[before], .. utf8]);
                var core = digits[(before == 0 ? 0 : before + 1)..^4];
                Add(value, "base64", Encoding.ASCII.GetBytes(core));
                Add(value, "base64url", Encoding.ASCII.GetBytes(core.Replace('+', '-').Replace('/', '_')));
            }
        }
    }

    /// <summary>One line for each value found, with its form and where.</summary>
    public List<string> Find(string where, ReadOnlySpan<byte> bytes)
    {
        var lower = Lower(bytes);
        var found = new List<string>();
        foreach (var (value, form, wanted) in _forms)
        {
            var haystack = form.StartsWith("base64", StringComparison.Ordinal) ? bytes : lower;
            var at = haystack.IndexOf(wanted);
            if (at >= 0)
            {
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{value} stands {form} in {where} at {at}"));
            }
        }
        return found;
    }

    public List<string> Find(string where, string text) => Find(where, Encoding.UTF8.GetBytes(text));

    /// <summary>Looks through every file below a folder.</summary>
    public List<string> FindInFolder(string folder)
    {
        var found = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (new FileInfo(path).Length == 0)
            {
                // The lock, which nobody else may open.
                continue;
            }
            found.AddRange(Find(path, ReadShared(path)));
        }
        return found;
    }

    private void Add(string value, string form, byte[] bytes) =>
        _forms.Add((value, form, form.StartsWith("base64", StringComparison.Ordinal) ? bytes : Lower(bytes)));

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] Lower(ReadOnlySpan<byte> bytes)
    {
        var lower = bytes.ToArray();
        foreach (ref var b in lower.AsSpan())
        {
            b = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b + 32) : b;
        }
        return lower;
    }
}

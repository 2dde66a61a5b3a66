using System.Globalization;

namespace Portcullis.Core.Policy.Reading;

/// <summary>Turns the text of single values into their types and back: sizes, durations, shares, words.</summary>
internal static class OptionValue
{
    private static readonly (string Unit, double Factor)[] Sizes =
    [
        ("TiB", 1L << 40),
        ("GiB", 1L << 30),
        ("MiB", 1L << 20),
        ("KiB", 1L << 10),
        ("GB", 1e9),
        ("MB", 1e6),
        ("kB", 1e3),
        ("B", 1),
    ];

    private static readonly (string Unit, double Seconds)[] Durations =
    [
        ("d", 86_400),
        ("h", 3_600),
        ("m", 60),
        ("s", 1),
        ("ms", 0.001),
    ];

    /// <summary>A property's or enum member's name as the policy writes it.</summary>
    public static string WordOf(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The least or greatest value of a key; its text is ours and always right.</summary>
    public static double Bound(OptionKind kind, string text) =>
        TryMeasure(kind, text, out var value) ? value : throw new InvalidOperationException($"`{text}` is no bound.");

    /// <summary>Number behind a number, size (bytes), duration (seconds) or share (0 to 1).</summary>
    public static bool TryMeasure(OptionKind kind, string text, out double value)
    {
        value = 0;
        return text.Length <= 40
            && kind switch
            {
                OptionKind.Number => TryNumber(text, out value) && value == Math.Floor(value),
                OptionKind.Size => TrySize(text, out value),
                OptionKind.Duration => TryDuration(text, out value),
                OptionKind.Share => text.EndsWith('%')
                    ? TryNumber(text[..^1].TrimEnd(), out value) && Scale(ref value, 0.01)
                    : TryNumber(text, out value),
                _ => false,
            };
    }

    /// <summary>What a value of the kind is called, for messages.</summary>
    public static string Describe(OptionKind kind) =>
        kind switch
        {
            OptionKind.Number => "a whole number",
            OptionKind.Size => "a size with its unit",
            OptionKind.Duration => "a duration",
            OptionKind.Share => "a share",
            OptionKind.Switch => "`true` or `false`",
            _ => "text",
        };

    /// <summary>How values of the kind are written.</summary>
    public static string Examples(OptionKind kind) =>
        kind switch
        {
            OptionKind.Size => "`64KiB`, `1MiB`",
            OptionKind.Duration => "`500ms`, `15m`, `1h30m`, `30d`",
            OptionKind.Share => "`20%`, `0.2`",
            _ => "`1`, `25`",
        };

    /// <summary>A value as the policy would write it.</summary>
    public static string Format(OptionKind kind, object value) =>
        kind switch
        {
            OptionKind.Switch => (bool)value ? "true" : "false",
            OptionKind.Size => FormatSize(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            OptionKind.Duration => FormatDuration((TimeSpan)value),
            OptionKind.Share => (((double)value) * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%",
            OptionKind.Word => WordOf(value.ToString()!),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out value
        );

    private static bool TrySize(string text, out double value)
    {
        value = 0;
        foreach (var (unit, factor) in Sizes)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal))
            {
                return TryNumber(text[..^unit.Length].TrimEnd(), out value) && Scale(ref value, factor);
            }
        }
        // A number alone would leave it open whether bytes or megabytes were meant.
        return text == "0";
    }

    // Counts with units, greatest unit first, each at most once.
    private static bool TryDuration(string text, out double seconds)
    {
        seconds = 0;
        if (text == "0")
        {
            return true;
        }
        var next = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9)
            {
                return false;
            }
            var letters = rest[digits..].IndexOfAnyInRange('0', '9');
            var unit = letters < 0 ? rest[digits..] : rest.Slice(digits, letters);
            while (next < Durations.Length && !unit.SequenceEqual(Durations[next].Unit))
            {
                next++;
            }
            if (next == Durations.Length)
            {
                return false;
            }
            seconds += int.Parse(rest[..digits], CultureInfo.InvariantCulture) * Durations[next++].Seconds;
            rest = rest[(digits + unit.Length)..];
        }
        return text.Length > 0;
    }

    private static bool Scale(ref double value, double factor)
    {
        value *= factor;
        return true;
    }

    private static string FormatSize(long bytes)
    {
        foreach (var (unit, factor) in Sizes)
        {
            if (unit.EndsWith("iB", StringComparison.Ordinal) && bytes > 0 && bytes % (long)factor == 0)
            {
                return $"{bytes / (long)factor}{unit}";
            }
        }
        return $"{bytes}B";
    }

    private static string FormatDuration(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "0s";
        }
        foreach (var (unit, seconds) in Durations)
        {
            var count = value.TotalSeconds / seconds;
            if (count >= 1 && count == Math.Floor(count))
            {
                return $"{count:0}{unit}";
            }
        }
        return $"{value.TotalMilliseconds:0}ms";
    }
}

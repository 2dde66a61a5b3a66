using System.Globalization;

namespace Portcullis.Api;

/// <summary>Times as operators write them: how long from now (<c>90s</c>, <c>15m</c>, <c>12h</c>, <c>7d</c>) or a moment (ISO 8601).</summary>
internal static class Duration
{
    private const int MostDays = 3650;

    /// <summary>A length of time: a whole number and s, m, h or d.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (
            text.Length < 2
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
        {
            return false;
        }
        var seconds = text[^1] switch
        {
            's' => 1L,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            _ => 0,
        };
        if (seconds == 0 || count > MostDays * 86400L / seconds)
        {
            return false;
        }
        duration = TimeSpan.FromSeconds(count * seconds);
        return true;
    }

    /// <summary>Gate time at which something ends; never when <paramref name="text"/> is null.</summary>
    /// <exception cref="AdminProblem">The text is neither, or the moment has passed.</exception>
    public static long EndOf(string? text, long now, string member)
    {
        if (text is null)
        {
            return long.MaxValue;
        }
        if (TryParse(text, out var duration))
        {
            return duration > TimeSpan.Zero
                ? now + (long)duration.TotalMilliseconds
                : throw AdminProblem.BadInput($"{member}: must be longer than nothing.");
        }
        if (
            DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var moment
            )
        )
        {
            var end = moment.ToUnixTimeMilliseconds();
            return end > now ? end : throw AdminProblem.BadInput($"{member}: that moment has passed.");
        }
        throw AdminProblem.BadInput($"{member}: write how long (15m, 12h, 7d) or a moment (2030-01-31T12:00:00Z).");
    }

    /// <summary>The largest unit that divides it: <c>1d</c>, <c>90m</c>.</summary>
    public static string Text(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var (size, unit) = seconds switch
        {
            > 0 when seconds % 86400 == 0 => (86400L, 'd'),
            > 0 when seconds % 3600 == 0 => (3600L, 'h'),
            > 0 when seconds % 60 == 0 => (60L, 'm'),
            _ => (1L, 's'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / size}{unit}");
    }
}

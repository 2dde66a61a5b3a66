using System.Globalization;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;

namespace Portcullis.Core.Decisions;

/// <summary>An operator's exception: one caller may pass one reason on one operation until a time; the objection is then only recorded.</summary>
/// <param name="Reason">Id of the reason.</param>
/// <param name="Operation">Index of the operation; -1 for requests that match none.</param>
/// <param name="Caller">Hash of a rung of the caller, or of the network for anonymous callers.</param>
/// <param name="Until">Gate time in milliseconds since the Unix epoch at which it ends.</param>
/// <param name="Why">Written by whoever set it; for operators only.</param>
public sealed record Allowance(string Reason, int Operation, Key128 Caller, long Until, string Why)
{
    /// <summary>Kind of its journal event.</summary>
    public const string EventKind = "allow";

    // What was not read in one way only, was not proven or cannot be recorded is no matter of being allowed; a restriction is released instead.
    private static readonly string[] NeverCovered =
    [
        "canonical/",
        "gate/",
        "identity/",
        "restrictions/",
        "operation/unknown-host",
    ];

    /// <summary>False for reasons that no operator can wave through for a single caller.</summary>
    public static bool CanCover(string reason)
    {
        foreach (var start in NeverCovered)
        {
            if (reason.StartsWith(start, StringComparison.Ordinal))
            {
                return false;
            }
        }
        return true;
    }

    public EventRecord ToEvent(long now) =>
        new(
            now,
            EventKind,
            [
                // What a later event of the same target replaces.
                new("target", $"{Reason} {Operation.ToString(CultureInfo.InvariantCulture)} {Caller}"),
                new("reason", Reason),
                new("operation", Operation.ToString(CultureInfo.InvariantCulture)),
                new("caller", Caller.ToString()),
                new("until", Until.ToString(CultureInfo.InvariantCulture)),
                new("why", Why),
            ]
        );

    /// <summary>Reads what <see cref="ToEvent"/> wrote; null when the event is none of these.</summary>
    public static Allowance? From(EventRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return
            record.Kind == EventKind
            && record["reason"] is { } reason
            && int.TryParse(record["operation"], CultureInfo.InvariantCulture, out var operation)
            && Key128.TryParse(record["caller"], out var caller)
            && long.TryParse(record["until"], CultureInfo.InvariantCulture, out var until)
            ? new Allowance(reason, operation, caller, until, record["why"] ?? "")
            : null;
    }
}

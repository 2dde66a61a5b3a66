using System.Collections.Concurrent;
using Portcullis.Core.Decisions;

namespace Portcullis.Gateway;

/// <summary>Writes the gate's own faults to the log, the first of a kind each minute with how many were left out since.</summary>
internal sealed partial class LoggedFindings(ILogger<LoggedFindings> log, TimeProvider time) : IFindings
{
    private const string Journal = "journal";
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Repeat> _repeats = new();

    /// <summary>Faults since start, for status.</summary>
    public long Count => _repeats.Values.Sum(repeat => repeat.Total);

    /// <summary>Exchanges that could not be recorded since start, for status.</summary>
    public long JournalFailures => _repeats.TryGetValue(Journal, out var repeat) ? repeat.Total : 0;

    public void GuardFault(string guard, string? operation, Exception fault)
    {
        if (ShallSay($"guard {guard}", out var leftOut))
        {
            // The type and place of a fault, never its message: a guard's input is somebody's data.
            LogGuardFault(guard, operation ?? "an unknown operation", fault.GetType().Name, PlaceOf(fault), leftOut);
        }
    }

    public void JournalFailure(Exception fault)
    {
        if (ShallSay(Journal, out var leftOut))
        {
            LogJournalFailure(fault.Message, leftOut);
        }
    }

    public void Failure(Reason reason, string? operation)
    {
        if (ShallSay(reason.Id, out var leftOut))
        {
            LogFailure(reason.Id, operation ?? "an unknown operation", reason.Explanation, leftOut);
        }
    }

    private bool ShallSay(string kind, out long leftOut)
    {
        var repeat = _repeats.GetOrAdd(kind, _ => new Repeat());
        lock (repeat)
        {
            repeat.Total++;
            var now = time.GetTimestamp();
            if (repeat.SaidAt is { } before && time.GetElapsedTime(before, now) < Quiet)
            {
                repeat.LeftOut++;
                leftOut = 0;
                return false;
            }
            leftOut = repeat.LeftOut;
            repeat.LeftOut = 0;
            repeat.SaidAt = now;
            return true;
        }
    }

    private static string PlaceOf(Exception fault)
    {
        var method = fault.TargetSite;
        return method is null ? "?" : $"{method.DeclaringType?.Name}.{method.Name}";
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Guard {Guard} failed on {Operation}: {Fault} in {Place}; answered by the operation's onFailure ({LeftOut} more since the last line)."
    )]
    private partial void LogGuardFault(string guard, string operation, string fault, string place, long leftOut);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The journal cannot be written: {Message} Exchanges are answered by onJournalFailure. Free space in the data folder ({LeftOut} more since the last line)."
    )]
    private partial void LogJournalFailure(string message, long leftOut);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Reason} on {Operation}; answered by the operation's onFailure. {Explanation} ({LeftOut} more since the last line)."
    )]
    private partial void LogFailure(string reason, string operation, string explanation, long leftOut);

    private sealed class Repeat
    {
        public long? SaidAt;
        public long LeftOut;
        public long Total;
    }
}

using Portcullis.Core.Decisions;

namespace Portcullis.Gateway;

/// <summary>Writes the gate's own faults to the log, the first of a kind each minute with how many were left out since.</summary>
internal sealed partial class LoggedFindings(ILogger<LoggedFindings> log, TimeProvider time) : IFindings
{
    private const string Journal = "journal";

    private readonly SparingVoice _voice = new(time);

    /// <summary>Faults since start, for status.</summary>
    public long Count => _voice.Total;

    /// <summary>Exchanges that could not be recorded since start, for status.</summary>
    public long JournalFailures => _voice.TotalOf(Journal);

    public void GuardFault(string guard, string? operation, Exception fault)
    {
        if (_voice.ShallSay($"guard {guard}", out var leftOut))
        {
            // The type and place of a fault, never its message: a guard's input is somebody's data.
            LogGuardFault(guard, operation ?? "an unknown operation", fault.GetType().Name, PlaceOf(fault), leftOut);
        }
    }

    public void JournalFailure(Exception fault)
    {
        if (_voice.ShallSay(Journal, out var leftOut))
        {
            LogJournalFailure(fault.Message, leftOut);
        }
    }

    public void Failure(Reason reason, string? operation)
    {
        if (_voice.ShallSay(reason.Id, out var leftOut))
        {
            LogFailure(reason.Id, operation ?? "an unknown operation", reason.Explanation, leftOut);
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
}

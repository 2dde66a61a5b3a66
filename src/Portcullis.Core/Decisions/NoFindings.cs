namespace Portcullis.Core.Decisions;

/// <summary>Reports nowhere.</summary>
public sealed class NoFindings : IFindings
{
    public static readonly NoFindings Instance = new();

    public void GuardFault(string guard, string? operation, Exception fault) { }

    public void JournalFailure(Exception fault) { }

    public void Failure(Reason reason, string? operation) { }
}

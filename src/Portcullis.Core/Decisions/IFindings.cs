namespace Portcullis.Core.Decisions;

/// <summary>Takes what the gate itself has to report to operators; must not throw and must not block.</summary>
public interface IFindings
{
    void GuardFault(string guard, string? operation, Exception fault);

    void JournalFailure(Exception fault);

    /// <summary>A limit was met (time, memory, exchanges in flight) and the exchange answered by the policy's word.</summary>
    void Failure(Reason reason, string? operation);
}

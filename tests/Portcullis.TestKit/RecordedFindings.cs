using System.Collections.Concurrent;
using Portcullis.Core.Decisions;

namespace Portcullis.TestKit;

/// <summary>Keeps what the gate reports of itself, by guard or reason.</summary>
public sealed class RecordedFindings : IFindings
{
    public ConcurrentQueue<string> All { get; } = new();

    public void GuardFault(string guard, string? operation, Exception fault) => All.Enqueue(guard);

    public void JournalFailure(Exception fault) => All.Enqueue("journal");

    public void Failure(Reason reason, string? operation) => All.Enqueue(reason.Id);
}

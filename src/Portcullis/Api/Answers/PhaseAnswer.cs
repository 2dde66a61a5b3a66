namespace Portcullis.Api.Answers;

/// <summary>Milliseconds from the start to the end of each phase; 0 for one not reached.</summary>
internal sealed record PhaseAnswer(int RequestHead, int RequestBody, int ResponseHead, int Commit);

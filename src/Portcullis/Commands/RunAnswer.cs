namespace Portcullis.Commands;

/// <summary>Where a started gateway listens and keeps its data; what <c>portcullis run --json</c> answers.</summary>
/// <param name="Listen">Addresses callers can connect to.</param>
/// <param name="Admin">Address of the admin API and health checks.</param>
/// <param name="Mode"><c>monitor</c> or <c>enforce</c>.</param>
/// <param name="Data">Folder of journal, state, history and admin token.</param>
internal sealed record RunAnswer(IReadOnlyList<string> Listen, string Admin, string Mode, string Data);

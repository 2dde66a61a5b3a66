namespace Portcullis.Commands;

/// <summary>What <c>portcullis version --json</c> answers.</summary>
internal sealed record VersionAnswer(string Version, string Runtime, string Platform);

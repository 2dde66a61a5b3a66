using Portcullis.Core.Contracts.Exposed;

namespace Portcullis.Commands;

/// <summary>What <c>portcullis exposed --json</c> answers.</summary>
internal sealed record ExposedAnswer(string Contract, int Operations, IReadOnlyList<ExposedFinding> Findings);

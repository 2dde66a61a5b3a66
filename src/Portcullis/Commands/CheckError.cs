using Portcullis.Core.Policy;

namespace Portcullis.Commands;

/// <summary>One error of a policy, for <c>portcullis check --json</c>.</summary>
internal sealed record CheckError(string Source, int Line, int Column, string Path, string Message, string Remedy)
{
    public static CheckError Of(PolicyError error) =>
        new(error.Origin.Source, error.Origin.Line, error.Origin.Column, error.Path, error.Message, error.Remedy);
}

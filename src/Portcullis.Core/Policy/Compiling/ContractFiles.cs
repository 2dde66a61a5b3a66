using Portcullis.Core.Classification;
using Portcullis.Core.Contracts;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Reads contracts from files for the policy.</summary>
internal static class ContractFiles
{
    public static ContractReading Read(string path)
    {
        var document = ContractDocument.Load(path, static name => DataClasses.Names.Find(name.AsSpan()).Strong);
        return new ContractReading(
            [
                .. document.Operations.Select(operation => new ContractOperation
                {
                    Method = operation.Method,
                    Template = operation.Template,
                    RequiresAuthentication = operation.RequiresAuthentication,
                    IsLoginLike = operation.IsLoginLike,
                    Plan = operation.Contract,
                    Classes = operation.DeclaredClasses,
                    ReadsRequestBody = operation.Contract.NeedsRequestBody,
                }),
            ],
            [.. document.Errors.Select(Of)]
        )
        {
            Warnings = [.. document.Notes.Select(Of)],
            Files = document.Files,
        };
    }

    private static PolicyError Of(ContractError error) =>
        new(
            new PolicyOrigin(error.File, error.Line ?? 0, error.Line is null ? 0 : 1),
            error.Pointer,
            error.Problem,
            error.Remedy
        );
}

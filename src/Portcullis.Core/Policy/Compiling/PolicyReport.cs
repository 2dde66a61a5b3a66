using Portcullis.Core.Policy.Reading;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Collects what is wrong with a policy while it is compiled, with the place of each key.</summary>
internal sealed class PolicyReport(PolicyOrigins origins, List<PolicyError> errors)
{
    public void Add(string path, string message, string remedy) =>
        errors.Add(new PolicyError(origins.Of(path), path, message, remedy));

    /// <summary>An error at one character of a key's text.</summary>
    public void AddAt(string path, int character, string message, string remedy) =>
        errors.Add(new PolicyError(origins.OfText(path, character), path, message, remedy));

    public void Add(PolicyError error) => errors.Add(error);

    /// <summary>What looks like an oversight and does not stand in the way.</summary>
    public List<PolicyError> Warnings { get; } = [];

    /// <summary>Something that looks like an oversight and does not stand in the way.</summary>
    public void Warn(string path, string message, string remedy) =>
        Warnings.Add(new PolicyError(origins.Of(path), path, message, remedy));

    /// <summary>Full paths of the files that contracts are made of.</summary>
    public List<string> ContractFiles { get; } = [];

    /// <summary>Whether something below the key is wrong already, so that what follows from it need not be said.</summary>
    public bool IsBroken(string path) => errors.Any(error => error.Path.StartsWith(path, StringComparison.Ordinal));
}

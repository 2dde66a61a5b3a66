namespace Portcullis.Core.Policy.Reading;

/// <summary>Finds the environment variables that override keys: <c>PORTCULLIS_</c>, then the path with <c>__</c> between its steps.</summary>
public static class PolicyEnvironment
{
    public const string Prefix = "PORTCULLIS_";

    /// <summary>Variables of the product that are no keys of the policy.</summary>
    public static readonly IReadOnlyList<string> Reserved =
    [
        "PORTCULLIS_CONFIG",
        "PORTCULLIS_TOKEN",
        "PORTCULLIS_ADMIN_TOKEN",
        "PORTCULLIS_LEDGER_KEY",
    ];

    /// <summary>The settings of an environment, by name, places of lists in counting order.</summary>
    public static IReadOnlyList<PolicySetting> Read(IEnumerable<KeyValuePair<string, string>> environment) =>
        [
            .. environment
                .Where(variable => IsSetting(variable.Key))
                .OrderBy(variable => Sortable(variable.Key), StringComparer.Ordinal)
                .Select(variable => new PolicySetting(variable.Key[Prefix.Length..].Split("__"), variable.Value, variable.Key)),
        ];

    /// <summary>The variable that overrides a key.</summary>
    public static string VariableOf(IEnumerable<string> path) =>
        Prefix + string.Join("__", path.Select(step => step.ToUpperInvariant()));

    // Place 10 of a list comes after place 2.
    private static string Sortable(string name) =>
        string.Join(
            "__",
            name.Split("__").Select(step => step.Length < 9 && step.All(char.IsAsciiDigit) ? step.PadLeft(9, '0') : step)
        );

    // Kubernetes sets PORTCULLIS_SERVICE_… and PORTCULLIS_PORT… in every pod beside a service of this name.
    private static bool IsSetting(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && name.Length > Prefix.Length
        && !Reserved.Contains(name)
        && !name.StartsWith("PORTCULLIS_SERVICE_", StringComparison.Ordinal)
        && name != "PORTCULLIS_PORT"
        && !name.StartsWith("PORTCULLIS_PORT_", StringComparison.Ordinal);
}

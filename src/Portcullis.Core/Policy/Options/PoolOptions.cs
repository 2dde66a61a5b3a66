namespace Portcullis.Core.Policy.Options;

/// <summary>A set of callers that share budgets, as written.</summary>
public sealed record PoolOptions
{
    [Option("Name by which budgets and expressions refer to it.", Form = OptionForm.Name, IsRequired = true)]
    public string Name { get; set; } = "";

    [Option(
        "Who belongs: a condition over `token` and `caller`.",
        Form = OptionForm.Expression,
        IsRequired = true,
        Example = "\"agent\" in token.roles"
    )]
    public string Members { get; set; } = "";
}

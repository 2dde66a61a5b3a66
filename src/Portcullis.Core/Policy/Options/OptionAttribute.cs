namespace Portcullis.Core.Policy.Options;

/// <summary>
/// Describes one key of the policy beside the property that holds it: from here come the parser's checks, the JSON Schema, the names of
/// environment variables and the reference.
/// </summary>
/// <param name="text">What it does, in one or two sentences for the reference.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string text) : Attribute
{
    public string Text { get; } = text;

    /// <summary>What the text of the value must look like.</summary>
    public OptionForm Form { get; init; }

    /// <summary>True for whole numbers of bytes, written with a unit: <c>1MiB</c>.</summary>
    public bool IsSize { get; init; }

    /// <summary>Least value, written as in the policy; null for none.</summary>
    public string? Min { get; init; }

    /// <summary>Greatest value, written as in the policy; null for none.</summary>
    public string? Max { get; init; }

    /// <summary>True when the key must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Shown in the reference as an example of a value.</summary>
    public string? Example { get; init; }

    /// <summary>Shown in the reference where the default is not a fixed value.</summary>
    public string? Default { get; init; }
}

namespace Portcullis.Core.Policy.Reading;

/// <summary>How many values a key holds.</summary>
internal enum OptionShape
{
    One,

    /// <summary>One, or a list.</summary>
    Many,

    /// <summary>Values by name.</summary>
    Named,
}

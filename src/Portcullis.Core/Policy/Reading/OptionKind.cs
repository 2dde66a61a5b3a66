namespace Portcullis.Core.Policy.Reading;

/// <summary>The type of one value.</summary>
internal enum OptionKind
{
    Text,
    Switch,
    Number,
    Size,
    Duration,
    Share,
    Word,
    Section,
}

namespace Portcullis.Core.Classification.Classes;

/// <summary>What an id of an account, customer or user looks like, whatever the system that gave it.</summary>
internal static class AccountTexts
{
    /// <summary>One word of 1 to 128 bytes that is not a placeholder; zero stands for "none" in most systems.</summary>
    public static bool IsId(ReadOnlySpan<byte> value) =>
        value.Length is > 0 and <= 128
        && !value.ContainsAny((byte)'{', (byte)'<', (byte)'\n')
        && value is not [(byte)'0']
        && !Texts.IsPlaceholder(value);
}

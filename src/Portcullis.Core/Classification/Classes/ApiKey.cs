namespace Portcullis.Core.Classification.Classes;

/// <summary>A key or token whose issuer marks it by a prefix (AWS, GitHub, Stripe, Slack, Google, Hugging Face, GitLab, npm).</summary>
internal sealed class ApiKey : DataClass
{
    public override string Id => "api-key";

    public override byte Bit => 24;

    public override DataClassKind Kind => DataClassKind.Secret;

    public override IReadOnlyList<string> FieldNames { get; } =
    ["apikey", "apisecret", "secretkey", "clientsecret", "accesskey", "secretaccesskey", "apitoken", "personalaccesstoken"];

    public override ValueShape? CertainShape { get; } = new(ValueTraits.Letter, ValueTraits.At | ValueTraits.Dollar, 20);

    public override IReadOnlyList<string> Examples { get; } =
    ["AKIAIOSFODNN7EXAMPLE", "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "hf_abcdefghijklmnopqrstuvwxyz0123456789"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["akia", "pk_live_4eC39", "", "hello world this is text"];

    public override bool IsPlausible(ReadOnlySpan<byte> value) =>
        value.Length is >= 16 and <= 512 && Texts.IsAll(value, Texts.Base64) && value.ContainsAny(Texts.Digits);

    public override bool IsCertain(ReadOnlySpan<byte> value) =>
        value.Length is >= 20 and <= 255
        && Texts.IsAll(value, Texts.Base64)
        && (
            value.StartsWith("AKIA"u8) && value.Length == 20
            || value.StartsWith("ASIA"u8) && value.Length == 20
            || value.StartsWith("ghp_"u8)
            || value.StartsWith("gho_"u8)
            || value.StartsWith("ghs_"u8)
            || value.StartsWith("github_pat_"u8)
            || value.StartsWith("glpat-"u8)
            || value.StartsWith("sk_live_"u8)
            || value.StartsWith("rk_live_"u8)
            || value.StartsWith("xoxb-"u8)
            || value.StartsWith("xoxp-"u8)
            || value.StartsWith("AIza"u8) && value.Length == 39
            || value.StartsWith("hf_"u8) && value.Length >= 30
            || value.StartsWith("npm_"u8) && value.Length >= 36
        );
}

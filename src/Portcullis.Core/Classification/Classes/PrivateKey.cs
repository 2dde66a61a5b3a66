namespace Portcullis.Core.Classification.Classes;

/// <summary>A private key in PEM; source: RFC 7468.</summary>
internal sealed class PrivateKey : DataClass
{
    public override string Id => "private-key";

    public override byte Bit => 22;

    public override DataClassKind Kind => DataClassKind.Secret;

    public override IReadOnlyList<string> FieldNames { get; } = ["privatekey", "privatekeypem", "privkey", "secretkeypem"];

    public override bool NeverLeaves => true;

    public override ValueShape? CertainShape { get; } = new(ValueTraits.Separator | ValueTraits.Letter, ValueTraits.None, 32);

    public override IReadOnlyList<string> Examples { get; } =
    ["-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "-----BEGIN RSA PRIVATE KEY-----MIIEowIBAAKCAQEA"];

    public override IReadOnlyList<string> CounterExamples { get; } =
    ["-----BEGIN PUBLIC KEY-----MIIBIjANBgkqhkiG9w0BAQEFAAOC", "-----BEGIN CERTIFICATE-----", ""];

    public override bool IsPlausible(ReadOnlySpan<byte> value) => IsCertain(value);

    public override bool IsCertain(ReadOnlySpan<byte> value)
    {
        var begin = value.IndexOf("-----BEGIN "u8);
        if (begin < 0)
        {
            return false;
        }
        var label = value[(begin + 11)..];
        var end = label.IndexOf("-----"u8);
        return end is > 0 and < 40 && label[..end].EndsWith("PRIVATE KEY"u8);
    }
}

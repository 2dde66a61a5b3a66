namespace Portcullis.Core.Classification.Classes;

/// <summary>A signed token; source: RFC 7519 in compact serialisation (RFC 7515, section 3.1).</summary>
internal sealed class JsonWebToken : DataClass
{
    public override string Id => "jwt";

    public override byte Bit => 23;

    public override DataClassKind Kind => DataClassKind.Secret;

    public override IReadOnlyList<string> FieldNames { get; } = ["jwt", "jwttoken", "idtoken"];

    public override ValueShape? CertainShape { get; } =
        new(ValueTraits.Letter | ValueTraits.Dot, ValueTraits.At | ValueTraits.Dollar, 30);

    public override IReadOnlyList<string> Examples { get; } = ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["eyJ", "a.b.c", "", "eyJhbGciOiJIUzI1NiJ9"];

    public override bool IsPlausible(ReadOnlySpan<byte> value) => IsCertain(value);

    public override bool IsCertain(ReadOnlySpan<byte> value) =>
        // {" in base64url is eyJ, and a payload starts the same way.
        value.StartsWith("eyJ"u8)
        && value.Count((byte)'.') is (2 or 4)
        && Texts.IsAll(value, Texts.Base64);
}

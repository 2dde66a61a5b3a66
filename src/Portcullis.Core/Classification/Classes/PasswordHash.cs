namespace Portcullis.Core.Classification.Classes;

/// <summary>A stored password hash: modular crypt format and PHC strings (bcrypt, argon2, scrypt, PBKDF2, md5crypt, sha-crypt).</summary>
internal sealed class PasswordHash : DataClass
{
    public override string Id => "password-hash";

    public override byte Bit => 21;

    public override DataClassKind Kind => DataClassKind.Secret;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "passwordhash",
        "hashedpassword",
        "passwdhash",
        "pwdhash",
        "pwhash",
        "passworddigest",
        "encryptedpassword",
        "passhash",
        "hashedpwd",
    ];

    public override bool EndsCompoundNames => true;

    public override bool NeverLeaves => true;

    public override ValueShape? CertainShape { get; } = new(ValueTraits.Dollar, ValueTraits.At, 20);

    public override IReadOnlyList<string> Examples { get; } =
    [
        "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW",
        "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b",
        "$1$etNnh7FA$OlM7eljE/B7F1J4XYNnk81",
        "5f4dcc3b5aa765d61d8327deb882cf99",
    ];

    public override IReadOnlyList<string> CounterExamples { get; } =
    ["$19.99", "$1,200.00 per month incl", "$2 off", "", "hunter2"];

    public override bool IsPlausible(ReadOnlySpan<byte> value) =>
        IsCertain(value)
        || value.Length is >= 16 and <= 512 && Texts.IsAll(value, Texts.Base64) && value.ContainsAny(Texts.Digits);

    public override bool IsCertain(ReadOnlySpan<byte> value)
    {
        if (value.Length is < 20 or > 512 || !value.StartsWith("$"u8))
        {
            return value.Length is >= 20 and <= 512 && (value.StartsWith("{SSHA"u8) || value.StartsWith("pbkdf2_sha256$"u8));
        }
        if (value.StartsWith("$2"u8))
        {
            return value.Length == 60 && value[3] == '$' && value[6] == '$';
        }
        return value.StartsWith("$argon2"u8)
            || value.StartsWith("$scrypt$"u8)
            || value.StartsWith("$pbkdf2"u8)
            || value.StartsWith("$7$"u8)
            || value.StartsWith("$y$"u8)
            || (
                value.StartsWith("$1$"u8)
                || value.StartsWith("$5$"u8)
                || value.StartsWith("$6$"u8)
                || value.StartsWith("$apr1$"u8)
            ) && value[3..].Contains((byte)'$');
    }
}

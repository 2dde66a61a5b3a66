using System.Buffers;
using System.Text;

namespace Portcullis.Core.Classification.Classes;

/// <summary>An e-mail address; source of the form: RFC 5321, section 4.1.2, without quoted local parts.</summary>
internal sealed class Email : DataClass
{
    public override string Id => "email";

    public override byte Bit => 4;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "email",
        "emailaddress",
        "emailaddr",
        "mail",
        "mailaddress",
        "useremail",
        "primaryemail",
        "secondaryemail",
        "contactemail",
        "loginemail",
        "emailid",
        "recoveryemail",
        "notificationemail",
        "billingemail",
    ];

    public override bool EndsCompoundNames => true;

    public override bool IsSharedWithPlaces => true;

    public override ValueShape? CertainShape { get; } = new(ValueTraits.At | ValueTraits.Dot, ValueTraits.None, 6);

    public override IReadOnlyList<string> Examples { get; } =
    ["ada@example.com", "a.b+c@mail.example.co.uk", "jörg@bücher.example"];

    public override IReadOnlyList<string> CounterExamples { get; } =
    ["@", "a@b", "user@localhost", "@handle", "a b@example.com", "10@4.50", "me@1.2.3.4"];

    private static readonly SearchValues<byte> Local = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-"u8
    );
    private static readonly SearchValues<byte> Domain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"u8
    );

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        value = value.Trim((byte)' ');
        var at = value.IndexOf((byte)'@');
        if (at is < 1 or > 64 || value.Length > 254)
        {
            return false;
        }
        var domain = value[(at + 1)..];
        var dot = domain.LastIndexOf((byte)'.');
        return dot > 0
            && domain.Length - dot > 2
            && domain[0] != '.'
            && !char.IsAsciiDigit((char)domain[^1])
            && IsLocal(value[..at])
            && IsDomain(domain);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => IsPlausible(value) && !IsRole(value);

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var trimmed = value.Trim((byte)' ');
        for (var i = 0; i < trimmed.Length; i++)
        {
            var c = trimmed[i];
            destination[i] = (byte)(c is >= (byte)'A' and <= (byte)'Z' ? c + 32 : c);
        }
        return trimmed.Length;
    }

    // A mailbox of a desk, not of a person; under a field that says e-mail it still counts.
    private static bool IsRole(ReadOnlySpan<byte> value)
    {
        var local = value[..value.IndexOf((byte)'@')];
        return Ascii.EqualsIgnoreCase(local, "support"u8)
            || Ascii.EqualsIgnoreCase(local, "info"u8)
            || Ascii.EqualsIgnoreCase(local, "noreply"u8)
            || Ascii.EqualsIgnoreCase(local, "no-reply"u8)
            || Ascii.EqualsIgnoreCase(local, "help"u8)
            || Ascii.EqualsIgnoreCase(local, "sales"u8)
            || Ascii.EqualsIgnoreCase(local, "contact"u8)
            || Ascii.EqualsIgnoreCase(local, "hello"u8)
            || Ascii.EqualsIgnoreCase(local, "service"u8)
            || Ascii.EqualsIgnoreCase(local, "privacy"u8)
            || Ascii.EqualsIgnoreCase(local, "security"u8)
            || Ascii.EqualsIgnoreCase(local, "press"u8)
            || Ascii.EqualsIgnoreCase(local, "postmaster"u8)
            || Ascii.EqualsIgnoreCase(local, "webmaster"u8);
    }

    // Internationalised addresses (RFC 6531) carry bytes above 0x7F on both sides.
    private static bool IsLocal(ReadOnlySpan<byte> text) => IsMadeOf(text, Local);

    private static bool IsDomain(ReadOnlySpan<byte> text) => IsMadeOf(text, Domain);

    private static bool IsMadeOf(ReadOnlySpan<byte> text, SearchValues<byte> allowed)
    {
        var odd = text.IndexOfAnyExcept(allowed);
        while (odd >= 0)
        {
            if (text[odd] < 0x80)
            {
                return false;
            }
            text = text[(odd + 1)..];
            odd = text.IndexOfAnyExcept(allowed);
        }
        return true;
    }
}

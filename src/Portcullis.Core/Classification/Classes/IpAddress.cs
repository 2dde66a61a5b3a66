using System.Buffers;

namespace Portcullis.Core.Classification.Classes;

/// <summary>The network address of a person's device.</summary>
internal sealed class IpAddress : DataClass
{
    public override string Id => "ip-address";

    public override byte Bit => 19;

    public override DataClassKind Kind => DataClassKind.Personal;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "lastloginip",
        "loginip",
        "clientip",
        "clientipaddress",
        "userip",
        "useripaddress",
        "signupip",
        "registrationip",
        "lastip",
        "remoteip",
        "createdip",
        "lastknownip",
        "sourceip",
    ];

    public override IReadOnlyList<string> WeakFieldNames { get; } = ["ip", "ipaddress", "ipaddr", "ipv4", "ipv6"];

    public override IReadOnlyList<string> Examples { get; } = ["203.0.113.7", "2001:db8::1"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "1.2.3", "999.1.1.1", "v1.2.3.4", "localhost"];

    private static readonly SearchValues<byte> HexAndColon = SearchValues.Create("0123456789abcdefABCDEF:"u8);

    public override bool IsPlausible(ReadOnlySpan<byte> value) =>
        value.Length is >= 3 and <= 45 && value.ContainsAny((byte)'.', (byte)':') && IsAddress(value);

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;

    private static bool IsAddress(ReadOnlySpan<byte> value)
    {
        if (value.Contains((byte)':'))
        {
            return !value.ContainsAnyExcept(HexAndColon) && value.Count((byte)':') is >= 2 and <= 7;
        }
        var parts = 0;
        var number = -1;
        foreach (var c in value)
        {
            if (c == '.' && number >= 0)
            {
                parts++;
                number = -1;
            }
            else if (char.IsAsciiDigit((char)c))
            {
                number = Math.Max(number, 0) * 10 + c - '0';
                if (number > 255)
                {
                    return false;
                }
            }
            else
            {
                return false;
            }
        }
        return parts == 3 && number >= 0;
    }
}

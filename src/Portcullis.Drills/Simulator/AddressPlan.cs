using System.Net;
using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>Which address a simulated caller has at a time, from ranges reserved for documentation, benchmarks and carriers.</summary>
public sealed class AddressPlan
{
    private const int UsersPerCgnat = 300;
    private const long HourMilliseconds = 3_600_000;
    private readonly Dictionary<ulong, IPAddress> _made = [];
    private readonly ulong _seed;

    public AddressPlan(ulong seed) => _seed = seed;

    public IPAddress Honest(NetworkKind network, int role, int user, long at)
    {
        var who = Xoshiro256.Mix(_seed + ((ulong)role << 32) + (ulong)user);
        return network switch
        {
            NetworkKind.Mobile => Mobile(who, at, travels: user % 100 == 7),
            NetworkKind.Cgnat => V4(198, 18, (uint)role, (uint)(user / UsersPerCgnat) + 1),
            NetworkKind.Home => V4(198, 18, 64 + ((uint)who & 63), (uint)(who >> 32)),
            NetworkKind.Several => Several(who, role, at),
            NetworkKind.Office => V4(198, 18, 200 + (uint)role, 10),
            _ => V4(198, 18, 230 + (uint)role, ((uint)user * 2 % 250) + ((uint)(at / HourMilliseconds) & 1)),
        };
    }

    /// <summary>The one address of an attacker who does not hide.</summary>
    public IPAddress Loud(int identity) => V4(198, 19, (uint)identity, (uint)(identity >> 8) + 7);

    /// <summary>One of many rented addresses; every other one stands in a household among customers.</summary>
    public IPAddress Proxy(int number) =>
        (number & 1) == 0
            ? V4(198, 18, 64 + ((uint)(number >> 1) & 63), (uint)(number >> 7) + 1)
            : V6(0xF000_0000_0000UL + (uint)number);

    // Which of its networks a user works from changes by the hour.
    private IPAddress Several(ulong who, int role, long at)
    {
        var hour = Xoshiro256.Mix(who + (ulong)(at / HourMilliseconds));
        var place = (uint)(hour % (1 + (who >> 8) % 3));
        return V4(198, 18, 128 + (uint)role * 3 + place, (uint)(who >> 32));
    }

    private IPAddress Mobile(ulong who, long at, bool travels)
    {
        var hours = 2 + (long)(who % 7);
        var epoch = (ulong)(at / (hours * HourMilliseconds));
        var drawn = Xoshiro256.Mix(who + epoch * 0x9E3779B97F4A7C15UL);
        if (travels && at / (24 * HourMilliseconds) % 30 is >= 10 and < 15)
        {
            return V6(0x7000_0000_0000UL + (uint)(drawn & 0xFFFF));
        }
        return (who & 128) == 0
            ? V6(0x1000_0000_0000UL + (uint)(drawn & 0xFFFFF))
            : V4(100, 64 + ((uint)drawn & 63), (uint)(drawn >> 8) & 15, (uint)(drawn >> 16));
    }

    private IPAddress V4(uint a, uint b, uint c, uint d)
    {
        var value = ((a & 255) << 24) | ((b & 255) << 16) | ((c & 255) << 8) | (d & 255);
        if (!_made.TryGetValue(value, out var address))
        {
            _made[value] = address = new IPAddress([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        }
        return address;
    }

    // 2001:db8::/32 with the number in the next 32 bits of the /64 prefix.
    private IPAddress V6(ulong number)
    {
        var key = number | (1UL << 63);
        if (!_made.TryGetValue(key, out var address))
        {
            Span<byte> bytes = stackalloc byte[16];
            bytes.Clear();
            bytes[0] = 0x20;
            bytes[1] = 0x01;
            bytes[2] = 0x0D;
            bytes[3] = 0xB8;
            bytes[4] = (byte)(number >> 40);
            bytes[5] = (byte)(number >> 16);
            bytes[6] = (byte)(number >> 8);
            bytes[7] = (byte)number;
            bytes[15] = 9;
            _made[key] = address = new IPAddress(bytes);
        }
        return address;
    }
}

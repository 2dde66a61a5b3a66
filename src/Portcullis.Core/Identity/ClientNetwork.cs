using System.Net;
using System.Net.Sockets;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity;

/// <summary>The network a client belongs to: /24 of IPv4, /64 of IPv6, the smallest that one customer cannot change at will.</summary>
public static class ClientNetwork
{
    private const int PrefixOfV4 = 3;
    private const int PrefixOfV6 = 8;

    /// <summary>Keyed hash of the prefix; addresses of IPv4 mapped into IPv6 are those of IPv4, an unknown address is a network of its own.</summary>
    public static Key128 Of(KeyRing keys, IPAddress? address)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Span<byte> bytes = stackalloc byte[16];
        if (address is null || !address.TryWriteBytes(bytes, out var size))
        {
            return keys.Hash(KeyPurpose.Network, 0, ReadOnlySpan<byte>.Empty);
        }
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6)
        {
            return keys.Hash(KeyPurpose.Network, 4, bytes.Slice(12, PrefixOfV4));
        }
        return size == 4
            ? keys.Hash(KeyPurpose.Network, 4, bytes[..PrefixOfV4])
            : keys.Hash(KeyPurpose.Network, 6, bytes[..PrefixOfV6]);
    }
}

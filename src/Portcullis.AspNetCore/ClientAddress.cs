using System.Net;
using Microsoft.AspNetCore.Http;

namespace Portcullis.AspNetCore;

/// <summary>
/// The client behind trusted proxies. Sources: RFC 7239 (Forwarded) and the X-Forwarded-For convention: read from the right, each hop
/// believed only while it is itself a trusted proxy. With no trusted proxies the peer is the client. A proxy that writes one of the two headers lets
/// the other one through as its client wrote it, so where both came and name different clients neither is believed.
/// </summary>
public static class ClientAddress
{
    /// <summary>The client of a request, as far as trusted proxies vouch for it.</summary>
    public static IPAddress? Of(HttpContext context, IPNetwork[] trusted)
    {
        var peer = Plain(context.Connection.RemoteIpAddress);
        if (trusted.Length == 0 || peer is null || !IsTrusted(peer, trusted))
        {
            return peer;
        }
        var headers = context.Request.Headers;
        var standard = headers["Forwarded"] is { Count: > 0 } forwarded ? Walk(forwarded.ToString(), true, peer, trusted) : null;
        var usual = headers["X-Forwarded-For"] is { Count: > 0 } chain ? Walk(chain.ToString(), false, peer, trusted) : null;
        return standard is null || usual is null || standard.Equals(usual) ? standard ?? usual ?? peer : peer;
    }

    private static IPAddress Walk(string chain, bool usesForwarded, IPAddress peer, IPNetwork[] trusted)
    {
        var client = peer;
        foreach (var hop in chain.Split(',', StringSplitOptions.TrimEntries).Reverse())
        {
            var address = usesForwarded ? ForParameter(hop) : Parse(hop);
            if (address is null)
            {
                // Something a trusted proxy wrote cannot be read ("unknown", an obfuscated name): the last hop that can be is the client.
                return client;
            }
            client = address;
            if (!IsTrusted(client, trusted))
            {
                return client;
            }
        }
        return client;
    }

    /// <summary>True when the address lies in one of the networks.</summary>
    public static bool IsTrusted(IPAddress address, IPNetwork[] trusted)
    {
        foreach (var network in trusted)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }
        return false;
    }

    private static IPAddress? ForParameter(string hop)
    {
        foreach (var part in hop.Split(';', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("for=", StringComparison.OrdinalIgnoreCase))
            {
                return Parse(part[4..].Trim('"'));
            }
        }
        return null;
    }

    private static IPAddress? Parse(string text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            text = end > 0 ? text[1..end] : text;
        }
        else if (text.Count(c => c == ':') == 1)
        {
            text = text[..text.IndexOf(':')];
        }
        return IPAddress.TryParse(text, out var address) ? Plain(address) : null;
    }

    private static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}

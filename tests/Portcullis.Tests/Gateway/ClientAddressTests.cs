using System.Net;
using Microsoft.AspNetCore.Http;
using Portcullis.AspNetCore;
using Xunit;

namespace Portcullis.Tests.Gateway;

public sealed class ClientAddressTests
{
    private static readonly IPNetwork[] Proxies = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")];

    private static string? Of(string peer, IPNetwork[] trusted, string? chain, string? forwarded)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(peer) } };
        if (chain is not null)
        {
            context.Request.Headers["X-Forwarded-For"] = chain.Split('|');
        }
        if (forwarded is not null)
        {
            context.Request.Headers["Forwarded"] = forwarded.Split('|');
        }
        return ClientAddress.Of(context, trusted)?.ToString();
    }

    [Theory]
    [InlineData("203.0.113.9")]
    [InlineData("10.1.2.3")]
    public void Nobody_is_believed_unless_listed(string peer) => Assert.Equal(peer, Of(peer, [], "192.0.2.1", "for=192.0.2.1"));

    [Fact]
    public void A_stranger_is_not_believed() =>
        Assert.Equal("203.0.113.9", Of("203.0.113.9", Proxies, "192.0.2.1", "for=192.0.2.1"));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("198.51.100.7, 192.0.2.1", "192.0.2.1")]
    [InlineData("198.51.100.7|192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1, 10.9.9.9", "192.0.2.1")]
    [InlineData("10.8.8.8, 10.9.9.9", "10.8.8.8")]
    [InlineData("192.0.2.1:4711", "192.0.2.1")]
    [InlineData("[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("198.51.100.7, unknown, 10.9.9.9", "10.9.9.9")]
    [InlineData("198.51.100.7, ", "10.1.2.3")]
    public void The_last_hop_that_no_proxy_of_ours_is_counts(string chain, string expected) =>
        Assert.Equal(expected, Of("10.1.2.3", Proxies, chain, null));

    [Theory]
    [InlineData("for=192.0.2.1;proto=https;by=10.1.2.3", "192.0.2.1")]
    [InlineData("for=198.51.100.7, For=\"192.0.2.1:4711\"", "192.0.2.1")]
    [InlineData("for=\"[2001:db8::1]:4711\"|for=10.9.9.9", "2001:db8::1")]
    [InlineData("for=192.0.2.1, for=_hidden", "10.1.2.3")]
    public void Forwarded_is_read_alike(string forwarded, string expected) =>
        Assert.Equal(expected, Of("10.1.2.3", Proxies, null, forwarded));

    [Theory]
    [InlineData("192.0.2.1", "for=192.0.2.1", "192.0.2.1")]
    // The proxy wrote one of them; the other one is what its client says of itself.
    [InlineData("192.0.2.1", "for=198.51.100.7", "10.1.2.3")]
    [InlineData("198.51.100.7", "for=192.0.2.1", "10.1.2.3")]
    public void Two_headers_that_differ_are_not_believed(string chain, string forwarded, string expected) =>
        Assert.Equal(expected, Of("10.1.2.3", Proxies, chain, forwarded));
}

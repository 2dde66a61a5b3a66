using Portcullis.Gateway;
using Xunit;
using Yarp.ReverseProxy.Forwarder;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>What the log says of an upstream that does not answer.</summary>
public sealed class UpstreamFaultTests
{
    [Fact]
    public void What_an_upstream_sent_is_not_quoted()
    {
        var fault = new HttpRequestException(HttpRequestError.InvalidResponse, "Received status phrase 'Jane Doe, +14255550100'");

        var said = UpstreamForwarder.ReasonOf(fault, ForwarderError.Request);

        Assert.DoesNotContain("Jane", said);
        Assert.Contains("InvalidResponse", said);
    }

    [Fact]
    public void A_refused_connection_is_named_in_its_own_words() =>
        Assert.Equal(
            "Connection refused (127.0.0.1:5001)",
            UpstreamForwarder.ReasonOf(
                new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (127.0.0.1:5001)"),
                ForwarderError.Request
            )
        );
}

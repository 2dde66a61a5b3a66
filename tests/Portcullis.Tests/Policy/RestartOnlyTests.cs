using Portcullis.Core.Policy.Options;
using Portcullis.Gateway;
using Xunit;

namespace Portcullis.Tests.Policy;

/// <summary>What a reload cannot change is named, not passed over.</summary>
public sealed class RestartOnlyTests
{
    [Fact]
    public void Names_every_key_that_waits_for_a_restart() =>
        Assert.Equal(
            ["`listen`", "`data`", "`emptyExchanges`", "`tls`"],
            RestartOnly.Changed(
                new GatewayOptions(),
                new GatewayOptions
                {
                    Listen = ["http://0.0.0.0:8080"],
                    Data = "elsewhere",
                    EmptyExchanges = 1000,
                    Tls = new TlsOptions { Certificate = "new.pem" },
                }
            )
        );

    [Fact]
    public void What_a_reload_takes_up_is_not_named() =>
        Assert.Empty(
            RestartOnly.Changed(new GatewayOptions(), new GatewayOptions { Instances = 3, TrustedProxies = ["10.0.0.0/8"] })
        );
}

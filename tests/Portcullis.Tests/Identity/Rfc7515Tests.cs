using System.Text;
using Portcullis.Core.Identity;

namespace Portcullis.Tests.Identity;

/// <summary>The examples of RFC 7515, appendix A: bytes that every implementation agrees on.</summary>
public sealed class Rfc7515Tests
{
    private const string Payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private const string HmacKey =
        """{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}""";

    private const string HmacToken =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + Payload + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private const string EcKey =
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    private const string EcToken =
        "eyJhbGciOiJFUzI1NiJ9."
        + Payload
        + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    [Theory]
    [InlineData(HmacKey, HmacToken)]
    [InlineData(EcKey, EcToken)]
    public void Verifies_the_example(string key, string text)
    {
        Assert.True(CompactToken.TryRead(Encoding.ASCII.GetBytes(text), new byte[text.Length], out var token));
        Assert.True(TokenKeys.FromJwks(key, allowsSecrets: true).Verify(token, out _));
    }

    [Theory]
    [InlineData(HmacKey, EcToken)]
    [InlineData(EcKey, HmacToken)]
    public void Refuses_the_example_under_a_key_of_another_kind(string key, string text)
    {
        Assert.True(CompactToken.TryRead(Encoding.ASCII.GetBytes(text), new byte[text.Length], out var token));
        Assert.False(TokenKeys.FromJwks(key, allowsSecrets: true).Verify(token, out _));
    }

    [Fact]
    public void A_published_set_gives_no_secret()
    {
        Assert.Equal(0, TokenKeys.FromJwks(HmacKey).Count);
    }
}

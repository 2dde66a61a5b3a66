using System.Text;
using System.Text.Json;
using Portcullis.Core.Identity;
using Portcullis.TestKit;

namespace Portcullis.Tests.Identity;

public sealed class WycheproofTests
{
    private const string Folder = "jose-wycheproof";

    // Where this gateway is stricter than the vectors, and why.
    private static readonly string[] Stricter =
    [
        "emptyPayload", // a token without claims is no JWT
        "Figure20", // the key says PS256, the token PS384
        "Figure27", // the key says ES521, which is no algorithm
        "InvalidCharacterInsertedInHeader", // one token, one spelling
        "InvalidCharacterInsertedInPayload",
    ];

    // Vectors that are byte for byte a token of the same group under the same key that is rightly valid.
    private static readonly string[] Mislabelled = ["invalidBase64Padding", "invalidBase64PaddingInPayload"];

    [Theory]
    [InlineData("testvectors_v1_json_web_signature_test.json")]
    [InlineData("testvectors_v1_json_web_crypto_test.json")]
    public void Accepts_every_valid_signature_and_no_invalid_one(string name)
    {
        var folder = PublicTestData.Find(Folder);
        Assert.SkipWhen(folder is null, PublicTestData.Missing(Folder));
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder!, name)));
        var wrong = new List<string>();
        var valid = 0;
        var invalid = 0;
        foreach (var group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var keys = KeysOf(group);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                if (!test.TryGetProperty("jws", out var jws))
                {
                    continue;
                }
                var text = jws.ValueKind == JsonValueKind.String ? jws.GetString()! : jws.GetRawText();
                var isGood =
                    CompactToken.TryRead(Encoding.UTF8.GetBytes(text), new byte[Encoding.UTF8.GetByteCount(text)], out var token)
                    && TokenKeys.IsSupported(token.Algorithm)
                    && keys.Verify(token, out _);
                var isValid = test.GetProperty("result").GetString() == "valid";
                valid += isValid ? 1 : 0;
                invalid += isValid ? 0 : 1;
                var comment = test.GetProperty("comment").GetString()!;
                if (isGood != isValid && !(isValid ? Stricter : Mislabelled).Contains(comment))
                {
                    wrong.Add(
                        $"{group.GetProperty("comment")} {test.GetProperty("tcId")} {test.GetProperty("comment")}: {isGood}"
                    );
                }
            }
        }
        Assert.True(valid > 2 && invalid > 30, $"{valid} valid and {invalid} invalid vectors were found.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static TokenKeys KeysOf(JsonElement group)
    {
        var name = group.TryGetProperty("public", out _) ? "public" : "private";
        return TokenKeys.FromJwks(group.GetProperty(name).GetRawText(), allowsSecrets: true);
    }
}

using Portcullis.Api;
using Xunit;

namespace Portcullis.Tests.Api;

/// <summary>The admin token on disk.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AdminTokenTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portcullis-token-");

    private string FilePath => Path.Combine(_folder.FullName, AdminToken.FileName);

    [Fact]
    public void Is_made_once_with_256_bits_for_its_owner_only()
    {
        var token = AdminToken.Open(_folder.FullName);
        var text = File.ReadAllText(FilePath).Trim();

        Assert.True(token.Matches(text));
        Assert.Equal(4 + 43, text.Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.True(AdminToken.Open(_folder.FullName).Matches(text));
    }

    [Fact]
    public void A_file_others_can_read_is_refused()
    {
        AdminToken.Open(_folder.FullName);
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        var fault = Assert.Throws<InvalidDataException>(() => AdminToken.Open(_folder.FullName));
        Assert.Contains("chmod 600", fault.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789abcdef 0123456789abcdef")]
    public void A_token_that_can_be_guessed_or_not_be_sent_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => AdminToken.Of(text));

    [Fact]
    public void Its_text_reaches_no_log()
    {
        const string Text = "0123456789abcdef0123456789abcdef";
        Assert.DoesNotContain(Text, AdminToken.Of(Text).ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

using Portcullis.Core.Policy.Reading;
using Xunit;

namespace Portcullis.Tests.Policy;

public sealed class BrokenPolicyTests
{
    public static TheoryData<string> Broken =>
        new(
            Directory
                .GetFiles(Folder, "*.yaml")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal)
        );

    private static string Folder => RepositoryFolder.Of("tests", "Portcullis.Tests", "Policy", "Broken");

    [Theory]
    [MemberData(nameof(Broken))]
    public void Says_of_a_broken_policy_what_is_wrong_where_and_what_to_do(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name + ".yaml"));

        var errors = PolicyReader.Read(text, name + ".yaml").Errors;

        var actual = string.Concat(errors.Select(error => error + "\n"));
        var golden = Path.Combine(Folder, name + ".expected");
        if (RepositoryFolder.IsUpdating)
        {
            File.WriteAllText(golden, actual);
        }
        Assert.NotEmpty(errors);
        Assert.Equal(File.ReadAllText(golden), actual);
    }

    [Fact]
    public void Keeps_at_least_thirty_broken_policies() => Assert.True(Broken.Count >= 30);
}

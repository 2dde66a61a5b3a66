namespace Portcullis.TestKit;

/// <summary>Public documents and vectors that tests read when they are there; the project carries none of them.</summary>
public static class PublicTestData
{
    /// <summary>Names the folder when it is not beside the repository.</summary>
    public const string Variable = "PORTCULLIS_TEST_DATA";

    /// <summary>A folder of the data, or null when it is absent.</summary>
    public static string? Find(string name)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            var given = Path.Combine(named, name);
            return Directory.Exists(given) ? given : null;
        }
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var beside = Path.Combine(folder.FullName, "shared", "data", name);
            if (Directory.Exists(beside))
            {
                return beside;
            }
        }
        return null;
    }

    /// <summary>What a skipped test says.</summary>
    public static string Missing(string name) => $"The public test data '{name}' is not here; {Variable} names its folder.";
}

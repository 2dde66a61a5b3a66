namespace Portcullis.Tests.Policy;

/// <summary>Finds folders of the working copy from where the tests run.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Find();

    /// <summary>True when generated and golden files are to be written anew instead of compared.</summary>
    public static bool IsUpdating => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static string Of(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Portcullis.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the working copy.");
    }
}

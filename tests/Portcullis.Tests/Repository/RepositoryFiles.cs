namespace Portcullis.Tests.Repository;

/// <summary>The files of the repository these tests were built from, without what builds produce.</summary>
internal static class RepositoryFiles
{
    private static readonly HashSet<string> Skipped =
    [
        "artifacts",
        ".git",
        "bin",
        "obj",
        "node_modules",
        "BenchmarkDotNet.Artifacts",
    ];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to <see cref="Root"/>, forward slashes, ordinal order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> WithExtension(params string[] extensions) =>
        All.Where(path => extensions.Contains(Path.GetExtension(path)));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }
        foreach (var child in Directory.EnumerateDirectories(folder).Where(child => !Skipped.Contains(Path.GetFileName(child))))
        {
            foreach (var file in Walk(child))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Portcullis.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("These tests run from a build inside the repository.");
    }
}

using System.Text.RegularExpressions;
using Portcullis.Drills.Scenarios;

namespace Portcullis.FunctionalTests.Wire;

/// <summary>A built-in scenario in a folder of its own, with few callers and a short attack.</summary>
internal sealed partial class SmallScenario : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("small-scenario-");

    public SmallScenario(string id)
    {
        var source = ScenarioFolder.Open(id);
        foreach (var file in (string[])["scenario.yaml", "expected.yaml", "openapi.yaml", "policy.yaml"])
        {
            var text = source.Read(file)!;
            text = file == "scenario.yaml" ? Shrunk(text) : text;
            File.WriteAllText(System.IO.Path.Combine(Path, file), text);
        }
    }

    public string Path => _folder.FullName;

    public void Change(string file, string from, string to)
    {
        var path = System.IO.Path.Combine(Path, file);
        File.WriteAllText(path, File.ReadAllText(path).Replace(from, to));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Shrunk(string text) =>
        Hits().Replace(Requests().Replace(Users().Replace(text, "users: 3"), "requests: 120"), "hits: 0.5");

    [GeneratedRegex("users: [0-9]+")]
    private static partial Regex Users();

    [GeneratedRegex("hits: [0-9.]+")]
    private static partial Regex Hits();

    [GeneratedRegex("requests: [0-9]+")]
    private static partial Regex Requests();
}

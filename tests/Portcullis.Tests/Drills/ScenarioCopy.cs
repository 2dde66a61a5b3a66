using Portcullis.Drills.Scenarios;
using Xunit;

namespace Portcullis.Tests.Drills;

/// <summary>A folder with the files of a built-in scenario, to be changed.</summary>
internal sealed class ScenarioCopy : IDisposable
{
    public ScenarioCopy(string id)
    {
        var source = ScenarioFolder.Open(id);
        foreach (var file in new[] { "scenario.yaml", "expected.yaml", "openapi.yaml", "policy.yaml" })
        {
            Write(file, source.Read(file)!);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("scenario").FullName;

    public ScenarioCopy Change(string file, string old, string changed)
    {
        var text = File.ReadAllText(At(file));
        Assert.Contains(old, text);
        Write(file, text.Replace(old, changed));
        return this;
    }

    public void Write(string file, string text) => File.WriteAllText(At(file), text);

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public Scenario Load() => ScenarioLoader.Load(ScenarioFolder.Open(Path));

    /// <summary>What the loader says is wrong.</summary>
    public IReadOnlyList<string> Errors() => Assert.Throws<ScenarioException>(Load).Errors;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

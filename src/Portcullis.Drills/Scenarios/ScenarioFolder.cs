using System.Reflection;
using System.Text;

namespace Portcullis.Drills.Scenarios;

/// <summary>Where a scenario's files come from: built into the product, or a folder on disk.</summary>
public sealed class ScenarioFolder
{
    private const string Prefix = "scenarios/";
    private readonly Func<string, string?> _read;

    private ScenarioFolder(string name, bool isBuiltIn, Func<string, string?> read)
    {
        Name = name;
        IsBuiltIn = isBuiltIn;
        _read = read;
    }

    /// <summary>Path or id, for messages.</summary>
    public string Name { get; }

    /// <summary>Whether it comes with the product.</summary>
    public bool IsBuiltIn { get; }

    /// <summary>Ids of the scenarios that come with the product, in order.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        .. Resources
            .GetManifestResourceNames()
            .Where(name =>
                name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith("/scenario.yaml", StringComparison.Ordinal)
            )
            .Select(name => name[Prefix.Length..^"/scenario.yaml".Length])
            .Order(StringComparer.Ordinal),
    ];

    private static Assembly Resources => typeof(ScenarioFolder).Assembly;

    /// <summary>A folder on disk if <paramref name="idOrPath"/> is one, else the built-in scenario of that id, whatever its case.</summary>
    /// <exception cref="ScenarioException">It is neither.</exception>
    public static ScenarioFolder Open(string idOrPath)
    {
        if (Directory.Exists(idOrPath))
        {
            return new ScenarioFolder(idOrPath, isBuiltIn: false, file => ReadDisk(Path.Combine(idOrPath, file)));
        }
        if (BuiltIn.FirstOrDefault(id => id.Equals(idOrPath, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return new ScenarioFolder(known, isBuiltIn: true, file => ReadResource($"{Prefix}{known}/{file}"));
        }
        throw new ScenarioException([
            $"{idOrPath}: is neither a folder nor a known scenario ({string.Join(", ", BuiltIn)}).{ScenarioNode.Hint(idOrPath, BuiltIn)}",
        ]);
    }

    /// <summary>The text of a file, or null when it is not there.</summary>
    /// <exception cref="ScenarioException">It is there and cannot be read.</exception>
    public string? Read(string file) => _read(file);

    private static string? ReadDisk(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException([
                $"{path}:1: cannot be read: {fault.Message.TrimEnd('.')}. Let the user who replays it read the file.",
            ]);
        }
    }

    private static string? ReadResource(string name)
    {
        using var stream = Resources.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

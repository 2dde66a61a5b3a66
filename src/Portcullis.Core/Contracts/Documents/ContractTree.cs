using System.Text.Json.Nodes;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>All files of one contract: follows references, collects everything wrong. Other files are read only beside the contract.</summary>
internal sealed class ContractTree
{
    /// <summary>Most bytes of all files together.</summary>
    public const long MaxBytes = 32L << 20;

    /// <summary>Most files a contract is made of.</summary>
    public const int MaxFiles = 200;

    /// <summary>Most errors kept; what comes later would only repeat them.</summary>
    public const int MaxErrors = 200;

    /// <summary>Most values that YAML aliases repeat in all files together, counted each time.</summary>
    public const int MaxRepeated = 100_000;

    private const int MaxHops = 32;

    private readonly Dictionary<string, ContractSource?> _files = new(StringComparer.Ordinal);
    private readonly HashSet<ContractError> _errors = [];
    private readonly HashSet<ContractError> _notes = [];
    private readonly string _path;
    private readonly string _folder;
    private long _bytes;
    private int _repeatable = MaxRepeated;

    /// <param name="path">The contract's file.</param>
    public ContractTree(string path)
    {
        _path = path;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        // Documents split over sibling folders refer to ../common; nothing further up is theirs.
        _folder = Path.GetDirectoryName(folder) ?? folder;
    }

    /// <summary>Full paths of all files asked for so far.</summary>
    public IReadOnlyCollection<string> Files => _files.Keys;

    public IReadOnlyCollection<ContractError> Errors => _errors;

    public IReadOnlyCollection<ContractError> Notes => _notes;

    /// <summary>The root of the contract's own file, or null with the reason among the errors.</summary>
    public Place? Open()
    {
        var source = Load(_path, _path, out var error);
        if (error is not null)
        {
            _errors.Add(error);
        }
        return source is null ? null : new Place(source, source.Root, "");
    }

    public void Report(Place place, string problem, string remedy)
    {
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(ErrorAt(place, problem, remedy));
        }
    }

    public void Note(Place place, string problem, string remedy)
    {
        if (_notes.Count < MaxErrors)
        {
            _notes.Add(ErrorAt(place, problem, remedy));
        }
    }

    /// <summary>The line a place stands on, 1-based; null when it cannot be told.</summary>
    public static int? LineOf(Place place) => place.Source.LineOf(place.Node) ?? place.Source.LineAt(place.Pointer);

    /// <summary>Where a chain of references ends; null, with the reason reported, when it leads nowhere.</summary>
    public Place? Follow(Place place)
    {
        var start = place;
        for (var hop = 0; hop < MaxHops; hop++)
        {
            if (place.Find("$ref") is not { } at)
            {
                return place;
            }
            if (at.Text is not { } reference)
            {
                Report(at, "'$ref' is not text.", "Write where it leads as text: '#/components/schemas/Name'.");
                return null;
            }
            if (Resolve(at, reference) is not { } target)
            {
                return null;
            }
            place = target;
        }
        Report(start, "This reference leads in a circle.", "Let it point to an object that is no reference.");
        return null;
    }

    /// <summary>What one reference points to; null, with the reason reported, when that is nothing.</summary>
    public Place? Resolve(Place at, string reference)
    {
        var hash = reference.IndexOf('#');
        var file = hash < 0 ? reference : reference[..hash];
        var pointer = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        var source = file.Length == 0 ? at.Source : Other(at, file);
        if (source is null)
        {
            return null;
        }
        if (pointer.Length > 0 && pointer[0] != '/')
        {
            Report(
                at,
                $"The reference '{reference}' names an anchor.",
                "Write it as a JSON pointer, such as #/components/schemas/Name."
            );
            return null;
        }
        if (Find(new Place(source, source.Root, ""), pointer) is { } found)
        {
            return found;
        }
        Report(at, $"The reference '{reference}' points to nothing.", "Add what it names, or correct the reference.");
        return null;
    }

    /// <summary>What a JSON pointer (RFC 6901) points to in a file; null when that is nothing.</summary>
    public Place? Find(Place root, string pointer)
    {
        var node = root.Node;
        foreach (var part in pointer.Length == 0 ? [] : pointer[1..].Split('/'))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject members => members[name],
                JsonArray items when int.TryParse(name, out var index) && index >= 0 && index < items.Count => items[index],
                _ => null,
            };
        }
        return node is null ? null : new Place(root.Source, node, pointer);
    }

    private ContractSource? Other(Place at, string file)
    {
        if (file.Contains("://", StringComparison.Ordinal))
        {
            Report(
                at,
                $"The reference leads to another host ('{file}'), and contracts are never fetched.",
                "Save that document beside this one."
            );
            return null;
        }
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(at.Source.File)) ?? "/", file));
        if (!path.StartsWith(_folder.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            Report(at, $"The file '{file}' is outside the contract's folder and its neighbours.", "Move it beside the contract.");
            return null;
        }
        var shown = Path.Combine(Path.GetDirectoryName(at.Source.File) ?? "", file);
        var source = Load(path, shown, out var error);
        if (error is not null)
        {
            Report(at, $"The file '{file}' cannot be used: {error.Problem}", error.Remedy);
        }
        else if (source is null)
        {
            Report(at, $"The file '{file}' cannot be used.", "See the other errors.");
        }
        return source;
    }

    private ContractSource? Load(string path, string shown, out ContractError? error)
    {
        error = null;
        var full = Path.GetFullPath(path);
        if (_files.TryGetValue(full, out var known))
        {
            return known;
        }
        _files[full] = null;
        error = ReadBytes(full, shown, out var bytes);
        if (error is not null)
        {
            return null;
        }
        var source = new ContractSource(shown, _repeatable);
        error = source.Read(bytes);
        _repeatable = source.Repeatable;
        return error is null ? _files[full] = source : null;
    }

    private ContractError? ReadBytes(string path, string shown, out byte[] bytes)
    {
        bytes = [];
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                return new ContractError(shown, null, "", "There is no such file.", "Check the path.");
            }
            _bytes += info.Length;
            if (_bytes > MaxBytes || _files.Count > MaxFiles)
            {
                return new ContractError(
                    shown,
                    null,
                    "",
                    $"The contract is larger than {MaxBytes >> 20} MiB or {MaxFiles} files.",
                    "Split it into one contract for each upstream."
                );
            }
            bytes = File.ReadAllBytes(path);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new ContractError(shown, null, "", $"The file cannot be read: {fault.Message}", "Check its permissions.");
        }
    }

    private static ContractError ErrorAt(Place place, string problem, string remedy) =>
        new(place.Source.File, LineOf(place), place.Pointer, problem, remedy);
}

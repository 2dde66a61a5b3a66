using System.Globalization;
using Portcullis.Core;
using YamlDotNet.RepresentationModel;

namespace Portcullis.Drills.Scenarios;

/// <summary>
/// One mapping of a scenario file, read key by key; what is wrong goes to a common list with file, line and path. A node may lie over
/// another one (a variant over its scenario): keys it lacks are read there.
/// </summary>
internal sealed class ScenarioNode
{
    private readonly string _file;
    private readonly string _path;
    private readonly YamlMappingNode _map;
    private readonly List<string> _errors;
    private readonly ScenarioNode? _under;
    private readonly HashSet<string> _known = [];

    public ScenarioNode(string file, string path, YamlMappingNode map, List<string> errors, ScenarioNode? under = null)
    {
        _file = file;
        _path = path;
        _map = map;
        _errors = errors;
        _under = under;
    }

    public void Error(YamlNode node, string key, string what) => Add($"{_file}:{node.Start.Line}: {Join(key)}: {what}");

    /// <summary>Reports a key where it is written: here, else in what this lies over.</summary>
    public void Error(string key, string what)
    {
        if (Find(key) is null && _under?.Find(key) is not null)
        {
            _under.Error(key, what);
            return;
        }
        Error(Find(key) ?? _map, key, what);
    }

    public bool Has(string key)
    {
        _known.Add(key);
        return Find(key) is not null || _under?.Has(key) == true;
    }

    public string Text(string key, string? otherwise = null)
    {
        _known.Add(key);
        if (Find(key) is not { } node)
        {
            return _under is not null && (_under.Has(key) || otherwise is null)
                ? _under.Text(key, otherwise)
                : otherwise ?? Missing(key);
        }
        if (node is YamlScalarNode scalar && !string.IsNullOrEmpty(scalar.Value))
        {
            return scalar.Value;
        }
        Error(node, key, "must be a text.");
        return otherwise ?? "";
    }

    public double Number(string key, double least, double most, double? otherwise = null)
    {
        var text = Text(key, otherwise?.ToString(CultureInfo.InvariantCulture));
        if (
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
        )
        {
            return value;
        }
        if (text.Length > 0)
        {
            Error(key, $"must be a number from {least} to {most}; '{text}' is not.");
        }
        return otherwise ?? least;
    }

    public int Whole(string key, int least, int most, int? otherwise = null)
    {
        var value = Number(key, least, most, otherwise);
        if (value == Math.Floor(value))
        {
            return (int)value;
        }
        Error(key, "must be a whole number.");
        return least;
    }

    public T Word<T>(string key, T? otherwise = null)
        where T : struct, Enum
    {
        var text = Text(key, otherwise?.ToString().ToLowerInvariant());
        if (text.Length == 0)
        {
            return default;
        }
        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && !char.IsAsciiDigit(text[0]))
        {
            return value;
        }
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToArray();
        Error(key, $"'{text}' is not one of {string.Join(", ", names)}.{Hint(text, names)}");
        return otherwise ?? default;
    }

    public string[] List(string key)
    {
        _known.Add(key);
        switch (Find(key))
        {
            case null:
                return _under?.List(key) ?? [];
            case YamlScalarNode scalar:
                return [scalar.Value ?? ""];
            case YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode):
                return [.. list.Children.Select(child => ((YamlScalarNode)child).Value ?? "")];
            case var node:
                Error(node, key, "must be a list of texts.");
                return [];
        }
    }

    /// <summary>A mapping of names to texts, in the order written.</summary>
    public List<KeyValuePair<string, string>> Pairs(string key)
    {
        _known.Add(key);
        switch (Find(key))
        {
            case null:
                return _under?.Pairs(key) ?? [];
            case YamlMappingNode map when map.Children.Values.All(value => value is YamlScalarNode):
                return [.. map.Children.Select(pair => new KeyValuePair<string, string>(Name(pair.Key), Name(pair.Value)))];
            case var node:
                Error(node, key, "must be a mapping of names to texts.");
                return [];
        }
    }

    public ScenarioNode Map(string key)
    {
        _known.Add(key);
        if (Find(key) is YamlMappingNode map)
        {
            return new ScenarioNode(_file, Join(key), map, _errors);
        }
        Error(key, Find(key) is null ? "is missing." : "must be a mapping.");
        return new ScenarioNode(_file, Join(key), [], []);
    }

    /// <summary>The mappings under a key, by name, each lying over <paramref name="under"/> if given.</summary>
    public List<KeyValuePair<string, ScenarioNode>> Maps(string key, ScenarioNode? under = null)
    {
        _known.Add(key);
        var found = new List<KeyValuePair<string, ScenarioNode>>();
        if (Find(key) is not { } node)
        {
            return found;
        }
        if (node is not YamlMappingNode outer)
        {
            Error(node, key, "must be a mapping.");
            return found;
        }
        foreach (var (name, inner) in outer.Children)
        {
            if (inner is YamlMappingNode map)
            {
                found.Add(new(Name(name), new ScenarioNode(_file, $"{Join(key)}.{Name(name)}", map, _errors, under)));
            }
            else
            {
                Error(inner, $"{key}.{Name(name)}", "must be a mapping.");
            }
        }
        return found;
    }

    /// <summary>The mappings of a list.</summary>
    public List<ScenarioNode> Items(string key)
    {
        _known.Add(key);
        var found = new List<ScenarioNode>();
        if (Find(key) is not YamlSequenceNode list)
        {
            Error(key, "must be a list of mappings.");
            return found;
        }
        for (var i = 0; i < list.Children.Count; i++)
        {
            if (list.Children[i] is YamlMappingNode map)
            {
                found.Add(new ScenarioNode(_file, $"{Join(key)}[{i}]", map, _errors));
            }
            else
            {
                Error(list.Children[i], $"{key}[{i}]", "must be a mapping.");
            }
        }
        return found;
    }

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Done()
    {
        foreach (var (key, _) in _map.Children)
        {
            var name = Name(key);
            if (!_known.Contains(name))
            {
                Error(key, name, $"is not a known key.{Hint(name, _known)}");
            }
        }
    }

    /// <summary>A word as files write it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    public static string Hint(string written, IEnumerable<string> known) =>
        MessageText.Nearest(written, known) is { } near ? $" Did you mean '{near}'?" : "";

    // What a variant takes from the common attack is read, and wrong, more than once.
    private void Add(string error)
    {
        if (!_errors.Contains(error))
        {
            _errors.Add(error);
        }
    }

    private static string Name(YamlNode node) => (node as YamlScalarNode)?.Value ?? node.ToString();

    private string Missing(string key)
    {
        Error(_map, key, "is missing.");
        return "";
    }

    private YamlNode? Find(string key)
    {
        foreach (var (name, value) in _map.Children)
        {
            if (name is YamlScalarNode scalar && scalar.Value == key)
            {
                return value;
            }
        }
        return null;
    }

    private string Join(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}

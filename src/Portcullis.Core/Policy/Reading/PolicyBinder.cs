using System.Collections;
using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Reading;

/// <summary>Turns the document tree into option records by the descriptors of their keys, collecting every error on the way.</summary>
internal sealed class PolicyBinder(PolicyOrigins origins, List<PolicyError> errors)
{
    /// <summary>Fills a fresh section; what is wrong keeps its default and leaves an error.</summary>
    public object Section(OptionSection section, PolicyNode node, string path)
    {
        var made = section.Create();
        origins.Set(path, node.Origin);
        if (node is not MapNode map)
        {
            Report(
                node,
                path,
                $"Here stands {node.Noun} where keys are expected.",
                $"Known here: {string.Join(", ", section.Names)}."
            );
            return made;
        }
        var misspelt = new List<string?>();
        foreach (var entry in map.Entries)
        {
            if (section.Find(entry.Key) is not { } key)
            {
                misspelt.Add(MessageText.Nearest(entry.Key, section.Names));
                errors.Add(
                    new PolicyError(
                        entry.Origin,
                        Join(path, MessageText.Shown(entry.Key)),
                        "Unknown key.",
                        MessageText.Suggest(entry.Key, section.Names, $"Known here: {string.Join(", ", section.Names)}.")
                    )
                );
                continue;
            }
            var at = Join(path, key.Name);
            origins.Set(at, entry.Value.Origin);
            if (entry.Value is ScalarNode { IsEmpty: true })
            {
                Report(entry.Value, at, "The key has no value.", "Give it one, or remove the key.");
                continue;
            }
            if (Value(key, entry.Value, at) is { } value)
            {
                key.Set(made, value);
            }
        }
        foreach (var key in section.Keys)
        {
            if (key.IsRequired && map.Find(key.Name) is null && !misspelt.Contains(key.Name))
            {
                Report(node, Join(path, key.Name), "The key is missing.", $"Add `{key.Name}:`. {key.Text}");
            }
        }
        return made;
    }

    private object? Value(OptionKey key, PolicyNode node, string path) =>
        key.Shape switch
        {
            OptionShape.Many => Many(key, node, path),
            OptionShape.Named => Named(key, node, path),
            _ => One(key, node, path),
        };

    private IList? Many(OptionKey key, PolicyNode node, string path)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(key.ValueType))!;
        if (node is not ListNode written)
        {
            if (key.Kind == OptionKind.Section && node is not MapNode)
            {
                Report(node, path, $"Here stands {node.Noun} where a list is expected.", "Start each entry with `- `.");
                return null;
            }
            // One entry needs no list around it.
            Add(list, One(key, node, Join(path, 0)));
            return list;
        }
        if (written.Items.Count == 0 && key.IsRequired)
        {
            Report(node, path, "The list is empty.", "Add at least one entry.");
        }
        for (var i = 0; i < written.Items.Count; i++)
        {
            Add(list, One(key, written.Items[i], Join(path, i)));
        }
        return list;
    }

    private IDictionary? Named(OptionKey key, PolicyNode node, string path)
    {
        if (node is not MapNode map)
        {
            Report(
                node,
                path,
                $"Here stands {node.Noun} where names with their keys are expected.",
                $"Write `{key.Example ?? "name"}:` and its keys below it."
            );
            return null;
        }
        var named = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), key.ValueType))!;
        var section = OptionSection.Of(key.ValueType);
        foreach (var entry in map.Entries)
        {
            var at = Join(path, $"\"{MessageText.Shown(entry.Key)}\"");
            if (OptionForms.Objection(key.Form, entry.Key) is { } objection)
            {
                errors.Add(new PolicyError(entry.Origin, at, objection.Message, objection.Remedy));
                continue;
            }
            named[entry.Key] = Section(section, entry.Value, at);
            origins.Set(at, entry.Origin);
        }
        return named;
    }

    private object? One(OptionKey key, PolicyNode node, string path)
    {
        if (key.Kind == OptionKind.Section)
        {
            return Section(OptionSection.Of(key.ValueType), node, path);
        }
        origins.Set(path, node.Origin);
        if (node is not ScalarNode scalar)
        {
            var remedy =
                key.Shape == OptionShape.Many
                    ? "Write the values themselves, without a list or keys inside."
                    : "Write the value behind the colon.";
            Report(node, path, $"Here stands {node.Noun} where {Expected(key)} is expected.", remedy);
            return null;
        }
        return key.Kind switch
        {
            OptionKind.Text => Text(key, scalar, path),
            OptionKind.Switch => Switch(scalar, path),
            OptionKind.Word => Word(key, scalar, path),
            _ => Measure(key, scalar, path),
        };
    }

    private string? Text(OptionKey key, ScalarNode node, string path)
    {
        if (OptionForms.Objection(key.Form, node.Text) is not { } objection)
        {
            origins.SetText(path, node.TextOffset);
            return node.Text;
        }
        Report(node, path, objection.Message, objection.Remedy);
        return null;
    }

    private object? Switch(ScalarNode node, string path)
    {
        if (node.Text is "true" or "false")
        {
            return node.Text == "true";
        }
        Report(node, path, $"`{MessageText.Shown(node.Text)}` is neither `true` nor `false`.", "Write one of the two.");
        return null;
    }

    private object? Word(OptionKey key, ScalarNode node, string path)
    {
        var words = key.Words;
        var place = Array.IndexOf(words, node.Text);
        if (place >= 0)
        {
            return Enum.Parse(key.ValueType, Enum.GetNames(key.ValueType)[place]);
        }
        var choice = $"Choose from: {string.Join(", ", words)}.";
        var nearest = MessageText.Nearest(node.Text, words);
        Report(
            node,
            path,
            $"`{MessageText.Shown(node.Text)}` is not a word of this key.",
            nearest is null ? choice : $"Did you mean `{nearest}`? {choice}"
        );
        return null;
    }

    private object? Measure(OptionKey key, ScalarNode node, string path)
    {
        if (!OptionValue.TryMeasure(key.Kind, node.Text, out var value))
        {
            Report(node, path, $"`{MessageText.Shown(node.Text)}` is not {OptionValue.Describe(key.Kind)}.", RangeRemedy(key));
            return null;
        }
        if (value < key.Min || value > key.Max)
        {
            Report(node, path, $"`{MessageText.Shown(node.Text)}` is out of range.", RangeRemedy(key));
            return null;
        }
        return key.Kind switch
        {
            OptionKind.Duration => TimeSpan.FromMilliseconds(Math.Round(value * 1000)),
            OptionKind.Share => value,
            _ => key.ValueType == typeof(int) ? (int)value : (object)(long)value,
        };
    }

    private static string RangeRemedy(OptionKey key)
    {
        var range = key.Range is { } known ? $"; the range is {known}" : "";
        return $"Write it like {OptionValue.Examples(key.Kind)}{range}.";
    }

    private static string Expected(OptionKey key) =>
        key.Kind == OptionKind.Word ? $"one of {string.Join(", ", key.Words)}" : OptionValue.Describe(key.Kind);

    private static string Join(string path, string key) =>
        path.Length == 0 ? key
        : key.StartsWith('"') ? $"{path}[{key}]"
        : $"{path}.{key}";

    private static string Join(string path, int index) => $"{path}[{index}]";

    private static void Add(IList list, object? value)
    {
        if (value is not null)
        {
            list.Add(value);
        }
    }

    private void Report(PolicyNode node, string path, string message, string remedy) =>
        errors.Add(new PolicyError(node.Origin, path, message, remedy));
}

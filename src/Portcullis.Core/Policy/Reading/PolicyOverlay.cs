using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Reading;

/// <summary>Lays environment variables and flags over the document tree, so that they are checked exactly as if written in the file.</summary>
internal static class PolicyOverlay
{
    private const int MaxPlaces = 256;

    public static void Apply(MapNode root, IReadOnlyList<PolicySetting> settings, List<PolicyError> errors)
    {
        foreach (var setting in settings)
        {
            Section(OptionSection.Of(typeof(GatewayOptions)), root, setting, 0, errors);
        }
    }

    /// <summary>How an operation is called in a variable's name: letters and digits in capitals, all else one <c>_</c>.</summary>
    public static string VariableOf(string operation)
    {
        var name = new System.Text.StringBuilder(operation.Length);
        foreach (var c in operation)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(char.ToUpperInvariant(c));
            }
            else if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }
        }
        return name.ToString().TrimEnd('_');
    }

    // Recursion follows the option records, which nest four deep.
    private static void Section(OptionSection section, MapNode map, PolicySetting setting, int step, List<PolicyError> errors)
    {
        var origin = new PolicyOrigin(setting.Source, 0, 0);
        if (step == setting.Path.Count)
        {
            Report(
                setting,
                "The name stops at a group of keys.",
                $"Add one of: {string.Join(", ", section.Names.Select(name => name.ToUpperInvariant()))}.",
                errors
            );
            return;
        }
        var name = setting.Path[step];
        var key = section.Keys.FirstOrDefault(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (key is null)
        {
            var known = section.Names.Select(known => known.ToUpperInvariant()).ToArray();
            Report(
                setting,
                $"`{MessageText.Shown(name)}` is no key.",
                MessageText.Suggest(name, known, "See the reference of the policy."),
                errors
            );
            return;
        }
        var rest = setting.Path.Count - step - 1;
        if (key.Kind != OptionKind.Section)
        {
            Values(key, map, setting, step, rest, errors);
            return;
        }
        switch (key.Shape)
        {
            case OptionShape.One:
                Section(OptionSection.Of(key.ValueType), Child(map, key.Name, origin), setting, step + 1, errors);
                break;
            case OptionShape.Many when rest > 0 && TryPlace(setting.Path[step + 1], out var place):
                Listed(key, ListOf(map, key.Name, origin), place, setting, step, errors);
                break;
            case OptionShape.Named when rest > 0:
                Named(key, map, setting, step, errors);
                break;
            default:
                Report(
                    setting,
                    "The name lacks the place in the list.",
                    $"Write {setting.Source}__0__… for the first entry.",
                    errors
                );
                break;
        }
    }

    private static void Listed(OptionKey key, ListNode list, int place, PolicySetting setting, int step, List<PolicyError> errors)
    {
        if (place > list.Items.Count)
        {
            Report(
                setting,
                $"Entry {place} comes after a gap: there are {list.Items.Count}.",
                $"The next free place is {list.Items.Count}.",
                errors
            );
            return;
        }
        if (place == list.Items.Count)
        {
            list.Add(new MapNode(new PolicyOrigin(setting.Source, 0, 0)));
        }
        if (list.Items[place] is MapNode item)
        {
            Section(OptionSection.Of(key.ValueType), item, setting, step + 2, errors);
        }
    }

    private static void Values(OptionKey key, MapNode map, PolicySetting setting, int step, int rest, List<PolicyError> errors)
    {
        var origin = new PolicyOrigin(setting.Source, 0, 0);
        if (key.Shape == OptionShape.One && rest == 0)
        {
            map.Set(new MapEntry(key.Name, origin, new ScalarNode(setting.Value, false, origin)));
        }
        else if (key.Shape == OptionShape.Many && rest == 0)
        {
            var list = new ListNode(origin);
            var separated =
                key.Form == OptionForm.Expression ? [setting.Value] : setting.Value.Split(',', StringSplitOptions.TrimEntries);
            foreach (var value in separated)
            {
                list.Add(new ScalarNode(value, false, origin));
            }
            map.Set(new MapEntry(key.Name, origin, list));
        }
        else if (key.Shape == OptionShape.Many && rest == 1 && TryPlace(setting.Path[step + 1], out var place))
        {
            var list = ListOf(map, key.Name, origin);
            if (place < list.Items.Count)
            {
                list.Items[place] = new ScalarNode(setting.Value, false, origin);
            }
            else if (place == list.Items.Count)
            {
                list.Add(new ScalarNode(setting.Value, false, origin));
            }
            else
            {
                Report(
                    setting,
                    $"Entry {place} comes after a gap: there are {list.Items.Count}.",
                    $"The next free place is {list.Items.Count}.",
                    errors
                );
            }
        }
        else
        {
            Report(setting, "The name goes on behind a single value.", $"It ends with `{key.Name.ToUpperInvariant()}`.", errors);
        }
    }

    private static void Named(OptionKey key, MapNode map, PolicySetting setting, int step, List<PolicyError> errors)
    {
        var wanted = setting.Path[step + 1];
        var written = map.Find(key.Name)?.Value as MapNode;
        var matches =
            written?.Entries.Where(entry => VariableOf(entry.Key).Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToArray()
            ?? [];
        if (matches is [{ Value: MapNode section }])
        {
            Section(OptionSection.Of(key.ValueType), section, setting, step + 2, errors);
            return;
        }
        var known = written?.Entries.Select(entry => VariableOf(entry.Key)).ToArray() ?? [];
        Report(
            setting,
            matches.Length > 1
                ? $"`{MessageText.Shown(wanted)}` stands for several operations of the file."
                : $"The file lists no operation `{MessageText.Shown(wanted)}`.",
            matches.Length > 1
                ? "Set it in the file."
                : MessageText.Suggest(wanted, known, "List the operation in the file first."),
            errors
        );
    }

    private static bool TryPlace(string text, out int place) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, null, out place) && place < MaxPlaces;

    private static MapNode Child(MapNode map, string key, PolicyOrigin origin)
    {
        if (map.Find(key)?.Value is MapNode known)
        {
            return known;
        }
        var made = new MapNode(origin);
        map.Set(new MapEntry(key, origin, made));
        return made;
    }

    // A single entry written without its list becomes the first place.
    private static ListNode ListOf(MapNode map, string key, PolicyOrigin origin)
    {
        var found = map.Find(key);
        if (found?.Value is ListNode known)
        {
            return known;
        }
        var made = new ListNode(found?.Origin ?? origin);
        if (found is not null)
        {
            made.Add(found.Value);
        }
        map.Set(new MapEntry(key, made.Origin, made));
        return made;
    }

    private static void Report(PolicySetting setting, string message, string remedy, List<PolicyError> errors) =>
        errors.Add(new PolicyError(new PolicyOrigin(setting.Source, 0, 0), "", message, remedy));
}

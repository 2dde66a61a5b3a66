using System.Text;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;

namespace Portcullis.Core.Policy.Reference;

/// <summary>Writes the reference of <c>portcullis.yaml</c> as Markdown, from the descriptors of the keys.</summary>
public static class PolicyReference
{
    private const string Opening = """
        # portcullis.yaml

        Every key of the policy, its default, its range and the environment variable that overrides it. `portcullis check` names
        everything that is wrong with a file at once, with line and key; an unknown key is an error. Editors read
        `schema/portcullis.schema.json`, or what `portcullis check --schema` prints: put `# yaml-language-server: $schema=…` on the first line.

        - **Sizes** carry a unit: `64KiB`, `1MiB`. **Durations**: `500ms`, `15m`, `1h30m`, `30d`. **Shares**: `20%` or `0.2`.
        - Where a list is expected, a single value may stand alone.
        - Paths are relative to the policy file.
        - **Environment**: `PORTCULLIS_`, then the key in capitals, steps joined by `__`. Places of lists are numbers from 0
          (`PORTCULLIS_UPSTREAMS__0__ADDRESS`); lists of values may also be given whole, separated by commas. Operations are named by
          their letters and digits (`PORTCULLIS_OPERATIONS__GET_ACCOUNTS_ACCOUNTID__MODE`) and must be in the file. The environment
          wins over the file, flags win over the environment.

        """;

    private const string Conditions = """
        ## Conditions

        `ownership`, `items` and `members` hold conditions, a subset of the Common Expression Language (CEL).

        | Fact | What it is | Where |
        |---|---|---|
        | `path.name` | parameter of the path template, percent-decoded | `ownership`, `items` |
        | `query.name` | query parameter; given twice it is unknown | `ownership`, `items` |
        | `header["x-name"]` | request header; sent twice it is unknown. Callers write it: never compare two things that a caller writes | `ownership`, `items` |
        | `token.name`, `token["https://…"]` | claim of the verified token, key or session, dotted for claims inside claims | everywhere |
        | `caller.anonymous`, `caller.rung`, `caller.role` | whether nothing was verified; what was (`anonymous`, `network`, `session`, `certificate`, `apiKey`, `account`); claim `roles` or `role` | everywhere |
        | `caller.pool("name")` | whether the caller belongs to a pool | `ownership`, `items` |
        | `item.name` | field of a record of the answer, dotted for fields inside fields | `items` |

        - `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `&&`, `||`, `!`, parentheses, `x.startsWith(y)`, `x.lower()` (ASCII letters).
        - Behind `in` stands a list (`path.type in ["a", "b"]`), a claim (`"agent" in token.roles`) or a list of the item
          (`token.sub in item.owners`).
        - Values compare as UTF-8 text, byte by byte: `12` and `"12"` are equal, `12` and `012` are not, `A` and `a` are not. JSON strings
          are unescaped first. `<` and its like compare decimal numbers.
        - A claim with several values equals what any of them equals; `!=` is the opposite of `==`.
        - What was never said is **unknown**: a missing claim, an absent field, a parameter given twice, a value over 1 KiB, a field of an
          answer that is not JSON. A comparison with it is unknown, `!unknown` is unknown, `unknown && false` is false, `unknown || true`
          is true. Only *true* passes.
        - All entries of a list of conditions must be true.

        ```yaml
        ownership: path.accountId == token.account_id || caller.pool("call-centre")
        items: item.ownerId == token.sub || item.visibility == "public"
        ```

        """;

    public static string Write()
    {
        var text = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        Section(text, OptionSection.Of(typeof(GatewayOptions)), "", "Top level", []);
        text.Append('\n').Append(Conditions.ReplaceLineEndings("\n").TrimEnd()).Append('\n');
        return text.ToString();
    }

    private static void Section(StringBuilder text, OptionSection section, string path, string title, string[] steps)
    {
        text.Append($"\n## {title}\n\n| Key | Value | Default | What it does |\n|---|---|---|---|\n");
        foreach (var key in section.Keys)
        {
            var example = key.Example is { } shown ? $" Example: `{Escape(shown)}`." : "";
            var needed =
                key.IsRequired ? "**required**"
                : key.DefaultText is { } known ? $"`{Escape(known)}`"
                : "–";
            text.Append($"| `{key.Name}` | {Escape(ValueOf(key))} | {needed} | {Escape(key.Text)}{example} |\n");
        }
        text.Append($"\nEnvironment: {Variables(section, steps)}\n");
        foreach (var key in section.Keys.Where(key => key.Kind == OptionKind.Section))
        {
            // Operations of an upstream have the keys of those at the top.
            if (path.Length > 0 && key.ValueType == typeof(OperationOptions))
            {
                continue;
            }
            var place = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            string[] below = key.Shape switch
            {
                OptionShape.Many => [.. steps, key.Name, "0"],
                OptionShape.Named => [.. steps, key.Name, "GET_PATH"],
                _ => [.. steps, key.Name],
            };
            var suffix = key.Shape switch
            {
                OptionShape.Many => "[]",
                OptionShape.Named => "[\"GET /path\"]",
                _ => "",
            };
            Section(text, OptionSection.Of(key.ValueType), place + suffix, $"`{place}{suffix}`", below);
        }
    }

    private static string Variables(OptionSection section, string[] steps)
    {
        var first = section.Keys.FirstOrDefault(key => key.Kind != OptionKind.Section);
        return first is null ? "see the sections below." : $"`{PolicyEnvironment.VariableOf([.. steps, first.Name])}` and so on.";
    }

    private static string ValueOf(OptionKey key)
    {
        var one = key.Kind switch
        {
            OptionKind.Word => string.Join(", ", key.Words.Select(word => $"`{word}`")),
            OptionKind.Section => "keys",
            OptionKind.Switch => "`true`, `false`",
            OptionKind.Text => FormOf(key.Form),
            OptionKind.Number => "whole number",
            OptionKind.Size => "size",
            OptionKind.Duration => "duration",
            _ => "share",
        };
        var shaped = key.Shape switch
        {
            OptionShape.Many => $"list of {one}",
            OptionShape.Named => $"{one} by operation",
            _ => one,
        };
        return key.Range is { } range ? $"{shaped}, {range}" : shaped;
    }

    private static string FormOf(OptionForm form) =>
        form switch
        {
            OptionForm.Name => "name",
            OptionForm.Url => "URL",
            OptionForm.Endpoint => "scheme, host and port",
            OptionForm.Path => "file or folder",
            OptionForm.UrlOrPath => "URL or file",
            OptionForm.Network => "network",
            OptionForm.Host => "host name",
            OptionForm.Token => "name",
            OptionForm.Expression => "condition",
            OptionForm.Operation => "operation",
            OptionForm.DataClass => "data class",
            _ => "text",
        };

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}

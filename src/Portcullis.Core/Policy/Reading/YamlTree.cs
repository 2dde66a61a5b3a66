using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Portcullis.Core.Policy.Reading;

/// <summary>
/// Builds the document tree of a policy from YAML events, within bounds: depth, nodes, and what aliases expand to. Values stay text;
/// their types come from the keys, so that YAML's guesses (<c>no</c>, <c>1_000</c>, <c>0o7</c>) never apply.
/// </summary>
internal sealed class YamlTree
{
    private const string Brackets =
        "Check indentation, quotes and brackets around this place; quote text with `{`, `}`, `: ` or `#`.";
    private const int MaxDepth = 32;
    private const int MaxNodes = 100_000;

    private readonly string _file;
    private readonly string _text;
    private readonly List<PolicyError> _errors;
    private readonly Dictionary<string, PolicyNode?> _anchors = new(StringComparer.Ordinal);
    private readonly Parser _parser;
    private int _nodes;

    private YamlTree(string text, string file, List<PolicyError> errors)
    {
        _file = file;
        _text = text;
        _errors = errors;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>The root, or null when the text is no YAML or holds nothing; then an error says so.</summary>
    public static PolicyNode? Read(string text, string file, List<PolicyError> errors)
    {
        var tree = new YamlTree(text, file, errors);
        try
        {
            return tree.Document();
        }
        catch (YamlException fault)
        {
            errors.Add(tree.Syntax(fault));
        }
        catch (PolicyStop stop)
        {
            errors.Add(stop.Error);
        }
#pragma warning disable CA1031 // The YAML library throws more than it documents on hostile text; none of it may reach the caller.
        catch (Exception fault) when (fault is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            errors.Add(new PolicyError(tree.Here(), "", "The text is not YAML, here or shortly after.", Brackets));
        }
        return null;
    }

    private PolicyNode? Document()
    {
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is StreamEnd)
        {
            _errors.Add(
                new PolicyError(
                    new PolicyOrigin(_file, 1, 1),
                    "",
                    "The file is empty.",
                    "Write at least `upstreams` with one `address`."
                )
            );
            return null;
        }
        _parser.MoveNext();
        var root = Node(0);
        while (_parser.MoveNext() && _parser.Current is DocumentEnd) { }
        if (_parser.Current is DocumentStart)
        {
            _errors.Add(
                new PolicyError(
                    OriginOf(_parser.Current),
                    "",
                    "A second document starts here.",
                    "Keep one document per file: remove the `---`."
                )
            );
        }
        return root;
    }

    // Recursion ends at MaxDepth.
    private PolicyNode Node(int depth)
    {
        var current =
            _parser.Current ?? throw new PolicyStop(new PolicyError(Here(), "", "The file ends in the middle.", "Complete it."));
        var origin = OriginOf(current);
        if (depth > MaxDepth)
        {
            throw new PolicyStop(
                new PolicyError(origin, "", $"Nested deeper than {MaxDepth} levels.", "No key of the policy needs that.")
            );
        }
        if (current is NodeEvent { Tag.IsEmpty: false } tagged && tagged.Tag.Value != "tag:yaml.org,2002:str")
        {
            _errors.Add(new PolicyError(origin, "", $"The tag `{tagged.Tag.Value}` has no meaning here.", "Remove it."));
        }
        return current switch
        {
            AnchorAlias alias => Alias(alias, origin),
            Scalar scalar => Anchored(scalar, Text(scalar, origin)),
            SequenceStart start => Anchored(start, List(start, origin, depth)),
            MappingStart start => Anchored(start, Map(start, origin, depth)),
            _ => throw new PolicyStop(new PolicyError(origin, "", "Something stands here that is no value.", "Correct it.")),
        };
    }

    private ScalarNode Text(Scalar scalar, PolicyOrigin origin)
    {
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var isQuoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
        return Count(
            new ScalarNode(scalar.Value, isPlain, origin)
            {
                TextOffset =
                    isPlain ? 0
                    : isQuoted ? 1
                    : -1,
            }
        );
    }

    private ListNode List(SequenceStart start, PolicyOrigin origin, int depth)
    {
        Open(start);
        var list = Count(new ListNode(origin));
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            list.Add(Node(depth + 1));
        }
        return list;
    }

    private MapNode Map(MappingStart start, PolicyOrigin origin, int depth)
    {
        Open(start);
        var map = Count(new MapNode(origin));
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var key = Node(depth + 1);
            _parser.MoveNext();
            var value = Node(depth + 1);
            if (key is not ScalarNode name)
            {
                _errors.Add(
                    new PolicyError(
                        key.Origin,
                        "",
                        $"A key is {key.Noun}.",
                        "Keys are plain text; quote text that starts with `[` or `{`."
                    )
                );
            }
            else if (name.Text == "<<" && name.IsPlain)
            {
                _errors.Add(
                    new PolicyError(
                        key.Origin,
                        "",
                        "Merge keys (`<<`) are not supported.",
                        "Write the keys out, or use an alias for the whole value."
                    )
                );
            }
            else if (map.Find(name.Text) is { } first)
            {
                _errors.Add(
                    new PolicyError(
                        key.Origin,
                        "",
                        $"The key `{MessageText.Shown(name.Text)}` stands here a second time; the first is on line {first.Origin.Line}.",
                        "Keep one of them."
                    )
                );
            }
            else
            {
                map.Add(new MapEntry(name.Text, key.Origin, value));
            }
        }
        return map;
    }

    private PolicyNode Alias(AnchorAlias alias, PolicyOrigin origin)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
        {
            throw new PolicyStop(
                new PolicyError(
                    origin,
                    "",
                    $"The alias `*{alias.Value.Value}` has no anchor above it.",
                    "Define it with `&`, or quote text that starts with `*`."
                )
            );
        }
        if (node is null)
        {
            throw new PolicyStop(new PolicyError(origin, "", $"The alias `*{alias.Value.Value}` contains itself.", "Remove it."));
        }
        Spend(node.Size, origin);
        return node.Copy();
    }

    private void Open(NodeEvent start)
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = null;
        }
    }

    private PolicyNode Anchored(NodeEvent at, PolicyNode node)
    {
        if (!at.Anchor.IsEmpty)
        {
            _anchors[at.Anchor.Value] = node;
        }
        return node;
    }

    private T Count<T>(T node)
        where T : PolicyNode
    {
        Spend(1, node.Origin);
        return node;
    }

    private void Spend(int nodes, PolicyOrigin origin)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
        {
            throw new PolicyStop(
                new PolicyError(
                    origin,
                    "",
                    $"With its aliases the file holds more than {MaxNodes:N0} values.",
                    "Remove aliases that repeat each other."
                )
            );
        }
    }

    private PolicyError Syntax(YamlException fault)
    {
        var line = (int)Math.Max(1, fault.Start.Line);
        var tab = TabbedLine(line, fault.Message.Contains(" tab ", StringComparison.Ordinal) ? int.MaxValue : line + 1);
        if (tab > 0)
        {
            return new PolicyError(
                new PolicyOrigin(_file, tab, 1),
                "",
                "The line is indented with a tab.",
                "YAML allows spaces only: replace the tab."
            );
        }
        var message = fault.Message;
        var colon = message.IndexOf("): ", StringComparison.Ordinal);
        message = colon >= 0 ? message[(colon + 3)..] : message;
        return new PolicyError(
            new PolicyOrigin(_file, line, (int)Math.Max(1, fault.Start.Column)),
            "",
            $"The text is not YAML: {MessageText.Shown(message.TrimEnd('.'))}.",
            Brackets
        );
    }

    // A tab shows up as an error where the parser gives up, which may be a line later, or where the mapping began that holds it.
    private int TabbedLine(int from, int until)
    {
        var number = 0;
        foreach (var line in _text.AsSpan().EnumerateLines())
        {
            number++;
            if (number > until)
            {
                break;
            }
            var indent = line[..(line.Length - line.TrimStart(" \t").Length)];
            if (number >= from - 1 && indent.Contains('\t') && indent.Length < line.Length)
            {
                return number;
            }
        }
        return 0;
    }

    private PolicyOrigin Here() => _parser.Current is { } current ? OriginOf(current) : new PolicyOrigin(_file, 1, 1);

    private PolicyOrigin OriginOf(ParsingEvent at) =>
        new(_file, (int)Math.Max(1, at.Start.Line), (int)Math.Max(1, at.Start.Column));
}

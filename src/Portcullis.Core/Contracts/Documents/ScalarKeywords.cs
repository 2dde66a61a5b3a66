using System.Text.Json.Nodes;
using Portcullis.Core.Contracts.Schemas;
using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Compiles the keywords that speak of one value: types, ranges, lengths, patterns, formats.</summary>
internal sealed class ScalarKeywords(ContractTree tree, OpenApiVersion version)
{
    public void Fill(Place place, SchemaNode node)
    {
        node.Types = Types(place);
        var isNullable =
            version != OpenApiVersion.V31 && (tree.ReadFlag(place, "nullable") || place.Find("x-nullable")?.Flag == true);
        node.AdmitsNull = isNullable;
        node.Types |= isNullable ? SchemaTypes.Null : SchemaTypes.None;
        node.IsReadOnly = tree.ReadFlag(place, "readOnly");
        node.IsWriteOnly = tree.ReadFlag(place, "writeOnly");
        node.Minimum = tree.ReadNumber(place, "minimum");
        node.Maximum = tree.ReadNumber(place, "maximum");
        FillExclusive(place, node);
        node.MultipleOf = tree.ReadNumber(place, "multipleOf");
        if (node.MultipleOf is { } divisor && divisor.CompareTo(JsonNumber.Of(0)) <= 0)
        {
            tree.Report(place, "'multipleOf' is not above 0.", "Write a number above 0.");
            node.MultipleOf = null;
        }
        node.MinLength = tree.ReadCount(place, "minLength", 0);
        node.MaxLength = tree.ReadCount(place, "maxLength", int.MaxValue);
        if (node.MinLength > node.MaxLength)
        {
            tree.Report(place, "'minLength' is above its maximum, so nothing fits.", "Correct one of the two.");
        }
        if (node is { Minimum: { } low, Maximum: { } high } && low.CompareTo(high) > 0)
        {
            tree.Report(place, "'minimum' is above its maximum, so nothing fits.", "Correct one of the two.");
        }
        node.Format = tree.ReadText(place, "format") is { } format ? TextFormats.Of(format) : TextFormat.None;
        node.Pattern =
            tree.ReadText(place, "pattern") is { } expression && place.Find("pattern") is { } at
                ? Pattern(tree, at, expression)
                : null;
    }

    /// <summary>A compiled pattern; null, with the reason reported or noted, when it cannot be held.</summary>
    public static TextPattern? Pattern(ContractTree tree, Place at, string expression)
    {
        var pattern = TextPattern.Compile(expression, out var isWrong, out var problem);
        if (isWrong)
        {
            tree.Report(at, $"The pattern is no regular expression: {problem}", "Correct it.");
        }
        else if (pattern is null)
        {
            tree.Note(at, $"The pattern is not held: {problem}.", "Write it without; values pass as if it were absent.");
        }
        return pattern;
    }

    private SchemaTypes Types(Place place)
    {
        if (place.Find("type") is not { } at)
        {
            return SchemaTypes.All;
        }
        if (at.Node is not JsonArray)
        {
            return TypeNamed(at);
        }
        var types = SchemaTypes.None;
        foreach (var item in at.Items())
        {
            types |= TypeNamed(item);
        }
        if (types == SchemaTypes.None)
        {
            tree.Report(at, "'type' lists no type, so nothing fits.", "List the types, or remove it.");
        }
        return types;
    }

    private SchemaTypes TypeNamed(Place at)
    {
        switch (at.Text)
        {
            case "null":
                return SchemaTypes.Null;
            case "boolean":
                return SchemaTypes.Boolean;
            case "integer":
                return SchemaTypes.Integer;
            case "number":
                return SchemaTypes.Number;
            case "string":
                return SchemaTypes.String;
            case "array":
                return SchemaTypes.Array;
            case "object":
                return SchemaTypes.Object;
            case "file" when version == OpenApiVersion.V20:
                return SchemaTypes.All;
            default:
                tree.Report(
                    at,
                    at.Text is { } name ? $"There is no type '{name}'." : "A type is not named by text.",
                    "Write one of string, number, integer, boolean, array, object, null."
                );
                return SchemaTypes.All;
        }
    }

    private void FillExclusive(Place place, SchemaNode node)
    {
        // Before 3.1 these are flags beside minimum and maximum, from 3.1 on they are limits of their own.
        if (place.Find("exclusiveMinimum") is { } minimum)
        {
            node.ExcludesMinimum = minimum.Flag ?? true;
            node.Minimum = minimum.Flag is null ? tree.ReadNumber(place, "exclusiveMinimum") : node.Minimum;
        }
        if (place.Find("exclusiveMaximum") is { } maximum)
        {
            node.ExcludesMaximum = maximum.Flag ?? true;
            node.Maximum = maximum.Flag is null ? tree.ReadNumber(place, "exclusiveMaximum") : node.Maximum;
        }
    }
}

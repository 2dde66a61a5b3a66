using Portcullis.Core.Contracts.Schemas;
using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>
/// Holds the text of one parameter to a schema. Text has no type of its own: it counts as a number, as true or false, or as text,
/// whichever the schema admits; alternatives that differ only in type are therefore never ambiguous.
/// </summary>
internal static class TextValueCheck
{
    private const int MaxDepth = 32;

    /// <summary>The rule broken, or null.</summary>
    public static string? Find(SchemaNode schema, ReadOnlySpan<byte> text, int depth = 0)
    {
        if (schema.AdmitsNothing || depth > MaxDepth)
        {
            return schema.AdmitsNothing ? "false" : "complexity";
        }
        var isNumber = text.Length > 0 && JsonNumber.Measure(text) == text.Length;
        if (schema.Values is { } && !IsListed(schema, text, isNumber))
        {
            return "enum";
        }
        return OwnRule(schema, text, isNumber) ?? CombinedRule(schema, text, depth);
    }

    private static bool IsListed(SchemaNode schema, ReadOnlySpan<byte> text, bool isNumber)
    {
        var values = schema.Values!;
        return values.Contains(ValueKey.OfText(text))
            || (isNumber && values.Contains(ValueKey.OfNumber(text)))
            || (text.SequenceEqual("true"u8) && values.Contains(ValueKey.OfWord(JsonKind.True)))
            || (text.SequenceEqual("false"u8) && values.Contains(ValueKey.OfWord(JsonKind.False)));
    }

    private static string? OwnRule(SchemaNode schema, ReadOnlySpan<byte> text, bool isNumber)
    {
        var types = schema.Types;
        var rule = "type";
        var speaksOfNumbers =
            types != SchemaTypes.All || schema.Minimum is not null || schema.Maximum is not null || schema.MultipleOf is not null;
        if (isNumber && speaksOfNumbers && (types & (SchemaTypes.Integer | SchemaTypes.Number)) != 0)
        {
            var number = JsonNumber.Read(text);
            if ((types & SchemaTypes.Number) != 0 || number.IsInteger)
            {
                rule = ScalarCheck.OfNumber(schema, number);
            }
            if (rule is null)
            {
                return null;
            }
        }
        if ((types & SchemaTypes.Boolean) != 0 && (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)))
        {
            return null;
        }
        if ((types & SchemaTypes.Null) != 0 && (text.IsEmpty || text.SequenceEqual("null"u8)))
        {
            return null;
        }
        if ((types & SchemaTypes.String) != 0)
        {
            return types == SchemaTypes.All && speaksOfNumbers && isNumber ? rule : ScalarCheck.OfText(schema, text);
        }
        // Lists and objects inside one text have no standard form to be held to.
        return (types & (SchemaTypes.Array | SchemaTypes.Object)) != 0 ? null : rule;
    }

    private static string? CombinedRule(SchemaNode schema, ReadOnlySpan<byte> text, int depth)
    {
        foreach (var part in schema.AllOf)
        {
            if (Find(part, text, depth + 1) is { } broken)
            {
                return broken;
            }
        }
        if (schema.AnyOf.Length > 0 && !AnyHolds(schema.AnyOf, text, depth))
        {
            return "anyOf";
        }
        if (schema.OneOf.Length > 0 && !AnyHolds(schema.OneOf, text, depth))
        {
            return "oneOf";
        }
        return schema.Not is { } not && Find(not, text, depth + 1) is null ? "not" : null;
    }

    private static bool AnyHolds(SchemaNode[] alternatives, ReadOnlySpan<byte> text, int depth)
    {
        foreach (var alternative in alternatives)
        {
            if (Find(alternative, text, depth + 1) is null)
            {
                return true;
            }
        }
        return false;
    }
}

using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>Holds one text of a list of texts (a parameter or form field that comes several times) to what the list's schema says of an item.</summary>
internal static class ListItem
{
    private const int MaxDepth = 8;

    /// <summary>True for a schema that says, itself or in one of its parts, that it is a list and no text.</summary>
    public static bool IsList(SchemaNode schema) => IsList(schema, 0);

    /// <summary>The rule broken, or null. Of alternatives one must hold, be it a list with such an item or a single text.</summary>
    public static string? Find(SchemaNode schema, ReadOnlySpan<byte> text, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            return "complexity";
        }
        if (schema.Items is { } items && TextValueCheck.Find(items, text) is { } rule)
        {
            return rule;
        }
        foreach (var part in schema.AllOf)
        {
            if (Find(part, text, depth + 1) is { } broken)
            {
                return broken;
            }
        }
        return !AnyHolds(schema.AnyOf, text, depth) ? "anyOf"
            : !AnyHolds(schema.OneOf, text, depth) ? "oneOf"
            : null;
    }

    private static bool AnyHolds(SchemaNode[] alternatives, ReadOnlySpan<byte> text, int depth)
    {
        foreach (var alternative in alternatives)
        {
            var rule = IsList(alternative) ? Find(alternative, text, depth + 1) : TextValueCheck.Find(alternative, text);
            if (rule is null)
            {
                return true;
            }
        }
        return alternatives.Length == 0;
    }

    private static bool IsList(SchemaNode schema, int depth)
    {
        if ((schema.Types & SchemaTypes.Array) == 0 || depth > MaxDepth)
        {
            return false;
        }
        return (schema.Types & SchemaTypes.String) == 0
            || Any(schema.AllOf, depth)
            || Any(schema.AnyOf, depth)
            || Any(schema.OneOf, depth);
    }

    private static bool Any(SchemaNode[] parts, int depth)
    {
        foreach (var part in parts)
        {
            if (IsList(part, depth + 1))
            {
                return true;
            }
        }
        return false;
    }
}

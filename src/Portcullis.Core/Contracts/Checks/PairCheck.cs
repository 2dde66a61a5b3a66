using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>
/// Holds an object that is written as pairs of name and text (forms, deepObject, exploded parameters) to its schema: members known, required,
/// once each unless they are lists, and each text as its member's schema says. Of alternatives (anyOf, oneOf) one must hold: texts have no types
/// that could tell two of oneOf apart.
/// </summary>
internal static class PairCheck
{
    private const int MaxDepth = 16;

    /// <summary>The rule broken, with the member where it is declared, or null.</summary>
    /// <param name="pairs">The members as sent.</param>
    /// <param name="schema">What they must be.</param>
    /// <param name="isUndeclared">True when a member came that the schema neither names nor forbids.</param>
    public static string? Find(PairList pairs, SchemaNode schema, out bool isUndeclared)
    {
        isUndeclared = false;
        for (var i = 0; i < pairs.Count; i++)
        {
            var name = pairs.Name(i);
            var isKnown = false;
            var rule = MemberRule(pairs, i, schema, ref isKnown, 0);
            if (rule is not null)
            {
                return isKnown ? $"member '{System.Text.Encoding.UTF8.GetString(name)}': {rule}" : rule;
            }
            isUndeclared |= !isKnown;
        }
        return CountRule(pairs, schema, 0) ?? AlternativeRule(pairs, schema, 0);
    }

    private static string? AlternativeRule(PairList pairs, SchemaNode schema, int depth)
    {
        if (depth > MaxDepth)
        {
            return "complexity";
        }
        foreach (var part in schema.AllOf)
        {
            if (AlternativeRule(pairs, part, depth + 1) is { } broken)
            {
                return broken;
            }
        }
        return !AnyHolds(pairs, schema.AnyOf, depth) ? "anyOf"
            : !AnyHolds(pairs, schema.OneOf, depth) ? "oneOf"
            : null;
    }

    private static bool AnyHolds(PairList pairs, SchemaNode[] alternatives, int depth)
    {
        foreach (var alternative in alternatives)
        {
            if (Holds(pairs, alternative, depth + 1))
            {
                return true;
            }
        }
        return alternatives.Length == 0;
    }

    private static bool Holds(PairList pairs, SchemaNode schema, int depth)
    {
        if ((schema.Types & SchemaTypes.Object) == 0 || schema.AdmitsNothing)
        {
            return false;
        }
        for (var i = 0; i < pairs.Count; i++)
        {
            var isKnown = false;
            if (MemberRule(pairs, i, schema, ref isKnown, depth) is not null)
            {
                return false;
            }
        }
        return CountRule(pairs, schema, depth) is null && AlternativeRule(pairs, schema, depth) is null;
    }

    private static string? MemberRule(PairList pairs, int index, SchemaNode schema, ref bool isKnown, int depth)
    {
        if (depth > MaxDepth)
        {
            return "complexity";
        }
        var name = pairs.Name(index);
        var member = schema.Members.Find(name);
        var own = member?.Schema;
        if (member is null)
        {
            foreach (var (pattern, fitting) in schema.MemberPatterns)
            {
                own = pattern.Matches(name) ? fitting : own;
            }
            own ??= schema.OtherMembers;
        }
        isKnown |= member is not null || own is { AdmitsNothing: false } || schema.InvitesOtherMembers;
        if (own is { AdmitsNothing: true } && member is null)
        {
            return "additionalProperties";
        }
        if (own is { IsReadOnly: true })
        {
            return "readOnly";
        }
        if (own is not null && ValueRule(pairs, index, own) is { } rule)
        {
            return rule;
        }
        foreach (var part in schema.AllOf)
        {
            if (MemberRule(pairs, index, part, ref isKnown, depth + 1) is { } broken)
            {
                return broken;
            }
        }
        foreach (var part in schema.AnyOf.AsSpan())
        {
            isKnown |= part.Members.Find(name) is not null;
        }
        foreach (var part in schema.OneOf.AsSpan())
        {
            isKnown |= part.Members.Find(name) is not null;
        }
        return null;
    }

    private static string? ValueRule(PairList pairs, int index, SchemaNode own)
    {
        if (ListItem.IsList(own))
        {
            // One text with commas may be a list in another style; what is in it has no form to be held to.
            var isWhole = pairs.CountOf(pairs.Name(index)) > 1 || !pairs.Value(index).Contains((byte)',');
            return isWhole ? ListItem.Find(own, pairs.Value(index)) : null;
        }
        return pairs.CountOf(pairs.Name(index)) > 1 ? "repeated" : TextValueCheck.Find(own, pairs.Value(index));
    }

    private static string? CountRule(PairList pairs, SchemaNode schema, int depth)
    {
        if (depth > MaxDepth)
        {
            return "complexity";
        }
        foreach (var member in schema.Members.Values)
        {
            var count = pairs.CountOf(member.Utf8Name);
            if (count == 0)
            {
                if (member.IsRequired && member.Schema is not { IsReadOnly: true })
                {
                    return $"member '{member.Name}': required";
                }
            }
            else if (member.Schema is { } list && ListItem.IsList(list) && !pairs.HasCommas(member.Utf8Name))
            {
                if (count < list.MinItems || count > list.MaxItems)
                {
                    return $"member '{member.Name}': {(count < list.MinItems ? "minItems" : "maxItems")}";
                }
            }
        }
        if (pairs.Count < schema.MinMembers || pairs.Count > schema.MaxMembers)
        {
            return pairs.Count < schema.MinMembers ? "minProperties" : "maxProperties";
        }
        foreach (var part in schema.AllOf)
        {
            if (CountRule(pairs, part, depth + 1) is { } broken)
            {
                return broken;
            }
        }
        return null;
    }
}

using System.Text;
using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>Holds objects that stand in parameters to their schema.</summary>
internal static class ObjectParameter
{
    private const int MaxDepth = 16;

    /// <summary>True for a query parameter that is, or may be, a member of a declared object.</summary>
    public static bool Cover(ContractPlan contract, ReadOnlySpan<byte> name)
    {
        foreach (var plan in contract.Query)
        {
            if (
                plan.Style == ParameterStyle.DeepObject && !MemberOf(plan, name).IsEmpty
                || plan.Style == ParameterStyle.ExplodedObject
                    && (plan.Schema.OtherMembers is not { AdmitsNothing: true } || Knows(plan.Schema, name, 0))
            )
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The rule that the query breaks for one deepObject or exploded parameter, or null.</summary>
    public static string? Rule(Exchange exchange, ContractPlan contract, ParameterPlan plan, ref bool isForeign)
    {
        var pairs = CheckScratch.Current.Pairs;
        var isFull = false;
        foreach (ref readonly var parameter in exchange.Query.Span)
        {
            var name = exchange.Target(parameter.Name);
            var member =
                plan.Style == ParameterStyle.DeepObject ? MemberOf(plan, name)
                : contract.QueryByName.Find(name) is null && Knows(plan.Schema, name, 0) ? name
                : default;
            isFull |= !member.IsEmpty && !pairs.TryAdd(member, exchange.Target(parameter.Value));
        }
        var isUndeclared = false;
        var rule =
            isFull ? "maxProperties"
            : pairs.Count == 0 ? (plan.IsRequired ? "required" : null)
            : PairCheck.Find(pairs, plan.Schema, out isUndeclared);
        isForeign |= isUndeclared;
        pairs.Clear();
        return rule;
    }

    /// <summary>The rule that an object in one text breaks, or null.</summary>
    public static string? ListRule(ParameterPlan plan, ReadOnlySpan<byte> text, byte separator, bool isAssigned)
    {
        var pairs = CheckScratch.Current.Pairs;
        var rule = pairs.TryAddList(text, separator, isAssigned) ? PairCheck.Find(pairs, plan.Schema, out _) : "style";
        pairs.Clear();
        return rule;
    }

    public static string? MatrixRule(ParameterPlan plan, ReadOnlySpan<byte> text)
    {
        var name = Encoding.UTF8.GetBytes(plan.Name);
        return text is [(byte)';', ..] && text[1..].StartsWith(name) && text[(1 + name.Length)..] is [(byte)'=', .. var value]
            ? TextValueCheck.Find(plan.Schema, value)
            : "style";
    }

    // filter[name] is the member name of filter; what is nested deeper has no form that OpenAPI defines, and is a member nobody knows.
    private static ReadOnlySpan<byte> MemberOf(ParameterPlan plan, ReadOnlySpan<byte> name)
    {
        var open = name.IndexOf((byte)'[');
        return open > 0 && name[^1] == ']' && plan.Utf8Name.AsSpan().SequenceEqual(name[..open]) ? name[(open + 1)..^1] : default;
    }

    private static bool Knows(SchemaNode schema, ReadOnlySpan<byte> name, int depth)
    {
        if (schema.Members.Find(name) is not null)
        {
            return true;
        }
        return depth < MaxDepth
            && (Know(schema.AllOf, name, depth) || Know(schema.AnyOf, name, depth) || Know(schema.OneOf, name, depth));
    }

    private static bool Know(SchemaNode[] parts, ReadOnlySpan<byte> name, int depth)
    {
        foreach (var part in parts)
        {
            if (Knows(part, name, depth + 1))
            {
                return true;
            }
        }
        return false;
    }
}

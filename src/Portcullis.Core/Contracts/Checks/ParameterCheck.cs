using Portcullis.Core.Contracts.Schemas;
using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>Holds the parameters of a request to its contract.</summary>
internal static class ParameterCheck
{
    public static Violation Find(Exchange exchange, ContractPlan contract)
    {
        for (var i = 0; i < contract.Path.Length && i < exchange.PathParameters.Count; i++)
        {
            if (contract.Path[i] is { } plan && Rule(plan, exchange.Target(exchange.PathParameters[i])) is { } rule)
            {
                return Broken(plan, rule);
            }
        }
        var query = Query(exchange, contract);
        if (query.Kind > ViolationKind.Undeclared)
        {
            return query;
        }
        foreach (var plan in contract.Headers)
        {
            if (HeaderRule(exchange, plan) is { } rule)
            {
                return Broken(plan, rule);
            }
        }
        foreach (var plan in contract.Cookies)
        {
            if (CookieRule(exchange, plan) is { } rule)
            {
                return Broken(plan, rule);
            }
        }
        return query;
    }

    private static Violation Query(Exchange exchange, ContractPlan contract)
    {
        Span<int> counts = stackalloc int[Math.Min(contract.Query.Length, ContractPlan.MaxQueryParameters)];
        counts.Clear();
        var isForeign = false;
        foreach (var parameter in exchange.Query.Span)
        {
            if (contract.QueryByName.Find(exchange.Target(parameter.Name)) is not { } plan || plan.Index >= counts.Length)
            {
                isForeign |= !contract.HasOpenQuery && !ObjectParameter.Cover(contract, exchange.Target(parameter.Name));
                continue;
            }
            counts[plan.Index]++;
            var value = exchange.Target(parameter.Value);
            // Two parsers may take different ones of two values.
            var rule =
                plan.Style == ParameterStyle.Repeated ? ListItem.Find(plan.Schema, value)
                : counts[plan.Index] > 1 && plan.Style != ParameterStyle.Opaque ? "repeated"
                : Rule(plan, value);
            if (rule is not null)
            {
                return Broken(plan, rule);
            }
        }
        foreach (ref readonly var name in exchange.QueryNamesBehindSemicolons.Span)
        {
            // Only some parsers see this one.
            if (contract.QueryByName.Find(exchange.Target(name)) is { } plan)
            {
                return Broken(plan, "repeated");
            }
        }
        for (var i = 0; i < counts.Length; i++)
        {
            var plan = contract.Query[i];
            var rule =
                plan.Style is ParameterStyle.DeepObject or ParameterStyle.ExplodedObject
                    ? ObjectParameter.Rule(exchange, contract, plan, ref isForeign)
                : counts[i] == 0 ? (plan.IsRequired && plan.Style != ParameterStyle.Opaque ? "required" : null)
                : plan.Style == ParameterStyle.Repeated ? CountRule(plan.Schema, counts[i])
                : null;
            if (rule is not null)
            {
                return Broken(plan, rule);
            }
        }
        return isForeign ? new Violation(ViolationKind.Undeclared, "query parameter: undeclared") : Violation.None;
    }

    private static string? HeaderRule(Exchange exchange, ParameterPlan plan)
    {
        var count = exchange.RequestHeaders.Get(plan.Name, out var first);
        if (count == 0)
        {
            return plan.IsRequired ? "required" : null;
        }
        if (count > 1 && plan.Style == ParameterStyle.Single)
        {
            return "repeated";
        }
        for (var i = 0; i < count; i++)
        {
            var line = i == 0 ? first : exchange.RequestHeaders.Line(plan.Name, i);
            if (EncodedRule(plan, line) is { } rule)
            {
                return rule;
            }
        }
        return null;
    }

    private static string? CookieRule(Exchange exchange, ParameterPlan plan)
    {
        var lines = exchange.RequestHeaders.Get("Cookie", out _);
        var found = 0;
        for (var i = 0; i < lines; i++)
        {
            var line = exchange.RequestHeaders.Line("Cookie", i).AsSpan();
            foreach (var range in line.Split(';'))
            {
                var pair = line[range].Trim();
                var equals = pair.IndexOf('=');
                if (equals < 0 || !pair[..equals].SequenceEqual(plan.Name))
                {
                    continue;
                }
                var rule = ++found > 1 ? "repeated" : EncodedRule(plan, pair[(equals + 1)..]);
                if (rule is not null)
                {
                    return rule;
                }
            }
        }
        return found == 0 && plan.IsRequired ? "required" : null;
    }

    private static string? EncodedRule(ParameterPlan plan, ReadOnlySpan<char> text)
    {
        var scratch = CheckScratch.Current;
        var bytes = scratch.Encode(text.Trim());
        var rule = Rule(plan, bytes);
        scratch.Clear(bytes.Length);
        return rule;
    }

    /// <summary>The rule that the whole text of a parameter breaks, or null.</summary>
    private static string? Rule(ParameterPlan plan, ReadOnlySpan<byte> text)
    {
        if (plan.AdmitsEmpty && text.IsEmpty)
        {
            return null;
        }
        return plan.Style switch
        {
            ParameterStyle.Single => TextValueCheck.Find(plan.Schema, text),
            ParameterStyle.Commas => ListRule(plan, text, (byte)','),
            ParameterStyle.Spaces => ListRule(plan, text, (byte)' '),
            ParameterStyle.Pipes => ListRule(plan, text, (byte)'|'),
            ParameterStyle.Tabs => ListRule(plan, text, (byte)'\t'),
            ParameterStyle.Repeated => ListItem.Find(plan.Schema, text),
            ParameterStyle.Json => JsonRule(plan, text),
            ParameterStyle.PairCommas => ObjectParameter.ListRule(plan, text, (byte)',', isAssigned: false),
            ParameterStyle.PairSpaces => ObjectParameter.ListRule(plan, text, (byte)' ', isAssigned: false),
            ParameterStyle.PairPipes => ObjectParameter.ListRule(plan, text, (byte)'|', isAssigned: false),
            ParameterStyle.AssignedCommas => ObjectParameter.ListRule(plan, text, (byte)',', isAssigned: true),
            ParameterStyle.Label => text is [(byte)'.', ..] ? TextValueCheck.Find(plan.Schema, text[1..]) : "style",
            ParameterStyle.Matrix => ObjectParameter.MatrixRule(plan, text),
            _ => null,
        };
    }

    private static string? ListRule(ParameterPlan plan, ReadOnlySpan<byte> text, byte separator)
    {
        var count = 0;
        foreach (var range in text.Split(separator))
        {
            if (ListItem.Find(plan.Schema, text[range]) is { } rule && text.Length > 0)
            {
                return rule;
            }
            count++;
        }
        return CountRule(plan.Schema, text.IsEmpty ? 0 : count);
    }

    private static string? CountRule(SchemaNode schema, int count) =>
        count < schema.MinItems ? "minItems"
        : count > schema.MaxItems ? "maxItems"
        : null;

    private static string? JsonRule(ParameterPlan plan, ReadOnlySpan<byte> text)
    {
        var tape = CheckScratch.Current.Tape;
        var rule =
            tape.Read(text) != JsonFault.None ? "json" : SchemaCheck.Find(tape, text, plan.Schema, isRequest: true, out _).Rule;
        tape.Clear();
        return rule;
    }

    private static Violation Broken(ParameterPlan plan, string rule) => new(ViolationKind.Parameter, $"{plan.Place}: {rule}");
}

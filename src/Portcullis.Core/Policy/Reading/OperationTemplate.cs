namespace Portcullis.Core.Policy.Reading;

/// <summary>A path template: its segments and parameters.</summary>
internal static class OperationTemplate
{
    /// <summary>What is wrong with a template that starts with a slash, or null.</summary>
    public static string? Objection(string template)
    {
        if (template.Contains('?', StringComparison.Ordinal) || template.Contains('#', StringComparison.Ordinal))
        {
            return "a template has no query.";
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in template.Split('/').Skip(1).SkipLast(1))
        {
            if (segment.Length == 0)
            {
                return "a segment is empty.";
            }
        }
        var rest = template.AsSpan();
        while (rest.IndexOfAny('{', '}') is var brace && brace >= 0)
        {
            var close = rest.IndexOf('}');
            var slash = rest[brace..].IndexOf('/');
            if (rest[brace] == '}' || close < 0 || (slash >= 0 && brace + slash < close))
            {
                return "a brace has no partner.";
            }
            var name = rest[(brace + 1)..close];
            if (name.IsEmpty || name.Contains('{'))
            {
                return "a parameter has no name.";
            }
            if (!names.Add(name.ToString()))
            {
                return $"the parameter `{name}` stands twice.";
            }
            rest = rest[(close + 1)..];
        }
        return null;
    }

    /// <summary>Names of the parameters, in order.</summary>
    public static string[] Parameters(string template)
    {
        var names = new List<string>();
        for (var open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open + 1))
        {
            var close = template.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }
            names.Add(template[(open + 1)..close]);
        }
        return [.. names];
    }

    /// <summary>The template with all parameters named alike: two templates of one shape match the same paths.</summary>
    public static string Shape(string template)
    {
        foreach (var name in Parameters(template))
        {
            template = template.Replace("{" + name + "}", "{}", StringComparison.Ordinal);
        }
        return template;
    }
}

using System.Text;

namespace Portcullis.Core.Routing;

/// <summary>Reads path templates such as <c>/accounts/{accountId}/lines</c>.</summary>
public static class RouteTemplate
{
    /// <summary>Most parameters of one template.</summary>
    public const int MaxParameters = 32;

    /// <summary>Most segments of one template.</summary>
    public const int MaxSegments = 128;

    /// <summary>Names of the parameters in template order; null with the reason when the template cannot be matched.</summary>
    public static string[]? ReadParameters(string template, out string? problem)
    {
        problem = Check(template);
        if (problem is not null)
        {
            return null;
        }
        var names = new List<string>();
        for (var open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open + 1))
        {
            names.Add(template[(open + 1)..template.IndexOf('}', open)]);
        }
        if (names.Count > MaxParameters)
        {
            problem = $"it has {names.Count} parameters; {MaxParameters} are the most";
            return null;
        }
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            problem = "two of its parameters have the same name";
            return null;
        }
        return [.. names];
    }

    /// <summary>Names of the parameters of a template, in order; none of one that cannot be matched.</summary>
    public static string[] Parameters(string template) => ReadParameters(template, out _) ?? [];

    /// <summary>The template with all parameters named alike: two templates of one shape match the same paths.</summary>
    public static string Shape(string template)
    {
        foreach (var name in Parameters(template))
        {
            template = template.Replace("{" + name + "}", "{}", StringComparison.Ordinal);
        }
        return template;
    }

    internal static string[] Segments(string template) => template[1..].Split('/');

    /// <summary>UTF-8 of template text, percent-encoding undone as the target's is.</summary>
    internal static byte[] Decode(string text) => Encoding.UTF8.GetBytes(Uri.UnescapeDataString(text));

    private static string? Check(string template)
    {
        if (!template.StartsWith('/'))
        {
            return "it does not begin with a slash";
        }
        if (template.AsSpan().ContainsAny('?', '#'))
        {
            return "it carries a query or a fragment, which are no part of a path";
        }
        var segments = Segments(template);
        if (segments.Length > MaxSegments)
        {
            return $"it has {segments.Length} segments; {MaxSegments} are the most";
        }
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Length == 0 && i < segments.Length - 1)
            {
                return "it has an empty segment (two slashes)";
            }
            if (CheckBraces(segments[i]) is { } problem)
            {
                return problem;
            }
        }
        return null;
    }

    private static string? CheckBraces(string segment)
    {
        var open = -1;
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] == '{')
            {
                if (open >= 0)
                {
                    return "a brace opens inside braces";
                }
                open = i;
            }
            else if (segment[i] == '}')
            {
                if (open < 0)
                {
                    return "a brace closes that never opened";
                }
                if (i == open + 1)
                {
                    return "a parameter has no name";
                }
                open = -1;
                if (i + 1 < segment.Length && segment[i + 1] == '{')
                {
                    return "two parameters touch, so nobody can say where one ends";
                }
            }
        }
        return open >= 0 ? "a brace is never closed" : null;
    }
}

using System.CommandLine.Parsing;
using Portcullis.Core;

namespace Portcullis.Commands;

/// <summary>Reads options whose values are words of a closed set: the words alone, in any case; several with commas between or one after the other.</summary>
internal static class KnownWords
{
    /// <summary>Every word given; whatever is none is an error that lists the words.</summary>
    public static T[] Read<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var known = Enum.GetNames<T>();
        var found = new List<T>();
        foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            // Enum.Parse alone would take numbers, and lists as sums of them.
            if (known.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                found.Add(Enum.Parse<T>(word, ignoreCase: true));
                continue;
            }
            string[] words = [.. known.Select(name => name.ToLowerInvariant())];
            var nearest = MessageText.Nearest(word, words) is { } meant ? $" Did you mean '{meant}'?" : "";
            result.AddError($"{NameOf(result)} '{word}': must be {string.Join(", ", words[..^1])} or {words[^1]}.{nearest}");
        }
        return [.. found];
    }

    /// <summary>The one word given.</summary>
    public static T ReadOne<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var found = Read<T>(result);
        if (found.Length > 1)
        {
            result.AddError($"{NameOf(result)} takes one word.");
        }
        return found.FirstOrDefault();
    }

    /// <summary>What a message calls it: the option's name, else the argument's.</summary>
    public static string NameOf(ArgumentResult result) =>
        result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}

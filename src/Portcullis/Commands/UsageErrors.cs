using System.CommandLine;

namespace Portcullis.Commands;

/// <summary>Says what is wrong with a command line, naming the nearest known verb or option.</summary>
internal static class UsageErrors
{
    public static IEnumerable<string> Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var place = command is PortcullisCommand ? $"portcullis {command.Name}" : "portcullis";
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return parsed.Errors.Select(error => $"{place}: {error.Message}").Distinct();
        }
        // Whatever else the parser says follows from the words it does not know.
        var word = parsed.UnmatchedTokens[0];
        var isOption = word.StartsWith('-');
        var known = isOption
            ? command.Options.SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Select(verb => verb.Name);
        var kind =
            isOption ? "option"
            : command is RootCommand ? "command"
            : "argument";
        var nearest = NearestWord.To(isOption ? word.Split('=')[0] : word, known);
        return [$"{place}: unknown {kind} '{word}'." + (nearest is null ? "" : $" Did you mean '{nearest}'?")];
    }
}

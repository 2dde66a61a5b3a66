using System.CommandLine;
using System.CommandLine.Parsing;
using Portcullis.Core;

namespace Portcullis.Commands;

/// <summary>Says what is wrong with a command line, naming the nearest known verb or option.</summary>
internal static class UsageErrors
{
    /// <summary>Everything wrong; nothing when the line can be run.</summary>
    public static IEnumerable<string> Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var place = command is PortcullisCommand ? $"portcullis {command.Name}" : "portcullis";
        // Whatever else the parser says follows from the words it does not know.
        if ((Misread(parsed) ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null)) is not { } word)
        {
            return parsed.Errors.Select(error => $"{place}: {error.Message}").Distinct();
        }
        var isOption = word.StartsWith('-');
        var known = isOption
            ? command.Options.SelectMany(option => option.Aliases.Append(option.Name))
            : command.Subcommands.Select(verb => verb.Name);
        var kind =
            isOption ? "option"
            : command is RootCommand ? "command"
            : "argument";
        var nearest = MessageText.Nearest(isOption ? word.Split('=')[0] : word, known);
        return [$"{place}: unknown {kind} '{word}'." + (nearest is null ? "" : $" Did you mean '{nearest}'?")];
    }

    // The parser takes an option it does not know for an argument where one is still free. Behind `--` it is meant as one.
    private static string? Misread(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? null
            : parsed
                .CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens)
                .Select(token => token.Value)
                .FirstOrDefault(text => text.StartsWith("--", StringComparison.Ordinal));
}

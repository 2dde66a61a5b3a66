using System.CommandLine;

namespace Portcullis.Commands;

/// <summary>A verb that lists journal records of a kind, newest first, part by part.</summary>
internal abstract class JournalListCommand : AdminCommand
{
    private readonly Option<int> _take = new("--take")
    {
        Description = "How many, 1 to 1,000.",
        CustomParser = NumberRange.Of(1, 1_000),
        DefaultValueFactory = _ => 20,
    };

    private readonly Option<long?> _before = new("--before")
    {
        Description = "Only what is older than this `record` of an entry.",
        CustomParser = result => NumberRange.Read(result, 1, long.MaxValue),
    };

    protected JournalListCommand(string name, string description)
        : base(name, description)
    {
        Add(_take);
        Add(_before);
    }

    public override IReadOnlyList<string> Examples =>
        [$"portcullis {Name}", $"portcullis {Name} --take 200 --json", $"portcullis {Name} --before 81920"];

    /// <summary>The part asked for, as the query of its route.</summary>
    protected string Part(ParseResult input) => $"?take={input.GetValue(_take)}&before={input.GetValue(_before)}";
}

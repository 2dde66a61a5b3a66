using Portcullis.Api;
using Portcullis.Api.Answers;
using Portcullis.Core;

namespace Portcullis.Commands;

/// <summary>Finds the operations an operator names: by index, by <c>METHOD /template</c>, or all.</summary>
internal static class OperationChoice
{
    public const string All = "all";

    public static async Task<IReadOnlyList<OperationAnswer>> FindAsync(AdminClient gateway, string name)
    {
        var known = await gateway.GetAsync("/v1/operations", AdminJson.Default.OperationAnswerArray);
        if (name == All)
        {
            return known.Length > 0 ? known : throw new CommandFailure(ExitCode.Finding, "the gateway knows no operation yet.");
        }
        var found = int.TryParse(name, out var index)
            ? known.Where(operation => operation.Index == index).ToList()
            : known.Where(operation => operation.Operation.Equals(name, StringComparison.Ordinal)).ToList();
        if (found.Count > 1)
        {
            var choices = found.Select(operation => $"{operation.Index} ({operation.Upstream})");
            throw new CommandFailure(
                ExitCode.Finding,
                $"several upstreams have `{name}`; name one by its index: {string.Join(", ", choices)}."
            );
        }
        if (found.Count == 0)
        {
            var nearest = MessageText.Nearest(name, known.Select(operation => operation.Operation));
            throw new CommandFailure(
                ExitCode.Finding,
                $"no operation `{name}`."
                    + (nearest is null ? " `portcullis operations` lists them." : $" Did you mean `{nearest}`?")
            );
        }
        return found;
    }

    public static void Write(TextWriter text, IEnumerable<OperationAnswer> operations)
    {
        foreach (var operation in operations)
        {
            var end = operation.Until is { } until ? $" until {CommandTable.Time(until)}" : "";
            text.WriteLine($"{operation.Operation}: {operation.Mode}{end}");
        }
    }
}

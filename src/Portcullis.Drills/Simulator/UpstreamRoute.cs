using System.Text.Json;
using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>Recognises the requests of one operation at the simulated upstream, and finds the value asked for.</summary>
internal sealed class UpstreamRoute
{
    private readonly string _before;
    private readonly string? _after;

    public UpstreamRoute(OperationShape operation)
    {
        Operation = operation;
        var open = operation.Target.IndexOf('{');
        var close = operation.Target.IndexOf('}');
        (_before, _after) =
            open < 0 || close < open ? (operation.Target, null) : (operation.Target[..open], operation.Target[(close + 1)..]);
    }

    public OperationShape Operation { get; }

    /// <summary>The target that asks for a value.</summary>
    public static string TargetFor(OperationShape operation, string value)
    {
        var open = operation.Target.IndexOf('{');
        var close = operation.Target.IndexOf('}');
        return open < 0 || close < open
            ? operation.Target
            : operation.Target[..open] + Uri.EscapeDataString(value) + operation.Target[(close + 1)..];
    }

    public bool Match(SimulatedRequest request, string? otherHost, string otherOperation, out string value)
    {
        value = "";
        if (
            request.Method != Operation.Method
            || (request.Host != Operation.Host && (request.Host != otherHost || Operation.Name != otherOperation))
            || !request.Target.StartsWith(_before, StringComparison.Ordinal)
        )
        {
            return false;
        }
        if (_after is null)
        {
            value = Operation.BodyField is null ? "" : FromBody(request.Body);
            return request.Target.Length == _before.Length;
        }
        var rest = request.Target.AsSpan(_before.Length);
        if (!rest.EndsWith(_after, StringComparison.Ordinal))
        {
            return false;
        }
        rest = rest[..^_after.Length];
        if (rest.IsEmpty || rest.IndexOfAny("/?&#") >= 0)
        {
            return false;
        }
        value = Uri.UnescapeDataString(rest.ToString());
        return true;
    }

    private string FromBody(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(Operation.BodyField!, out var field)
                && field.ValueKind == JsonValueKind.String
                ? field.GetString()!
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}

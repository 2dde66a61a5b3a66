using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portcullis.Analysis.Exposures;
using Portcullis.Core;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Api;

/// <summary>One request to the admin API: its parameters, read strictly, and what the answer is made from.</summary>
internal sealed class AdminCall(HttpContext context, AdminServices services)
{
    private const int MostTaken = 1000;
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(10);

    public AdminServices Services { get; } = services;

    public GateState State => Services.State;

    public ILedger Ledger => Services.Ledger;

    public CancellationToken Aborted => context.RequestAborted;

    public string Route(string name) => context.GetRouteValue(name) as string ?? "";

    public string? Query(string name) => context.Request.Query[name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>How many rows: the <c>take</c> parameter, 50 unless given, 1 to 1,000.</summary>
    public int Take()
    {
        if (Query("take") is not { } text)
        {
            return 50;
        }
        return int.TryParse(text, out var take) && take is > 0 and <= MostTaken
            ? take
            : throw AdminProblem.BadInput($"take: must be 1 to {MostTaken}.");
    }

    /// <summary>Only what was recorded before a journal record: the <c>before</c> parameter, a number that an earlier answer gave.</summary>
    public long Before()
    {
        if (Query("before") is not { } text)
        {
            return long.MaxValue;
        }
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            ? before
            : throw AdminProblem.BadInput("before: must be the `record` of an entry listed before.");
    }

    /// <summary>A caller, network or restriction named by its hash in the path. Names never stand in a URL: URLs end up in logs.</summary>
    public Key128 KeyFrom(string parameter) =>
        Key128.TryParse(Route(parameter), out var key)
            ? key
            : throw AdminProblem.BadInput(
                $"{parameter}: must be a hash of 32 hexadecimal digits. POST /v1/callers/find turns a name into one."
            );

    public Operation OperationFrom(string parameter)
    {
        var all = State.Operations.All;
        return int.TryParse(Route(parameter), out var index) && index >= 0 && index < all.Length
            ? all[index]
            : throw AdminProblem.NotFound(
                "There is no operation of that index. `portcullis operations` (GET /v1/operations) lists them."
            );
    }

    /// <summary>Reads the body; unknown members, wrong types and missing ones are errors.</summary>
    public async Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            throw AdminProblem.BadInput("Send the body as application/json.");
        }
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, Aborted)
                ?? throw AdminProblem.BadInput("The body must be a JSON object.");
        }
        catch (JsonException fault)
        {
            // The message would quote the text, which may name a person.
            throw AdminProblem.BadInput(
                $"The body is not what this route takes: see {fault.Path ?? "$"} and the schema in /openapi.json."
            );
        }
    }

    /// <summary>Waits until the ledger knows everything that was committed before this request.</summary>
    public async Task CatchUpAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Aborted);
        limit.CancelAfter(CatchUpLimit);
        try
        {
            await Ledger.CatchUpAsync(State.Journal.LastSequence, limit.Token);
        }
        catch (Exception fault)
            when (fault is IOException || (fault is OperationCanceledException && !Aborted.IsCancellationRequested))
        {
            throw new AdminProblem(
                StatusCodes.Status503ServiceUnavailable,
                "The ledger is behind.",
                "It has not taken in the latest exchanges yet, so the answer would be incomplete. Try again in a moment."
            );
        }
    }
}

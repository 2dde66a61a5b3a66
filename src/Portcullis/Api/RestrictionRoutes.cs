using Portcullis.Api.Answers;
using Portcullis.Core.Decisions;

namespace Portcullis.Api;

/// <summary>Restrictions: stop a caller or network at once, let it back.</summary>
internal static class RestrictionRoutes
{
    public static IReadOnlyList<AdminRoute> All { get; } =
    [
        new()
        {
            Method = "GET",
            Path = "/v1/restrictions",
            Id = "restrictions",
            Summary = "Restrictions in force.",
            Answer = AdminJson.Default.RestrictionAnswerArray,
            Handle = ListAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/v1/restrictions",
            Id = "restrict",
            Summary = "Refuses everything of a caller or network from the next verdict on, also of exchanges under way.",
            Body = AdminJson.Default.RestrictRequest,
            Answer = AdminJson.Default.RestrictionAnswer,
            Handle = RestrictAsync,
        },
        new()
        {
            Method = "DELETE",
            Path = "/v1/restrictions/{target}",
            Id = "release",
            Summary = "Ends a restriction.",
            Query = [("why", "Recorded with the release; name nobody in it.")],
            Answer = AdminJson.Default.RestrictionAnswer,
            Handle = ReleaseAsync,
        },
    ];

    private static Task<object> ListAsync(AdminCall call)
    {
        var now = call.State.Clock.Now;
        object answer = call
            .State.Restrictions.All.Where(restriction => restriction.Until > now)
            .OrderBy(restriction => restriction.Target)
            .Select(Answer)
            .ToArray();
        return Task.FromResult<object>(answer);
    }

    private static async Task<object> RestrictAsync(AdminCall call)
    {
        var request = await call.ReadAsync(AdminJson.Default.RestrictRequest);
        var why = Wording.Why(request.Why);
        var until = Duration.EndOf(request.Until, call.State.Clock.Now, "until");
        // An unknown caller can be restricted too: it may come yet.
        var target = (await CallerFinding.FindAsync(call, request.Target)).Key;
        var restriction = new Restriction(target, why, until);
        call.State.Restrict(restriction);
        return Answer(restriction);
    }

    private static Task<object> ReleaseAsync(AdminCall call)
    {
        var target = call.KeyFrom("target");
        var why = call.Query("why") is { } given ? Wording.Why(given) : "released by an operator";
        var restriction = call.State.Restrictions.Find(target, call.State.Clock.Now);
        return restriction is not null && call.State.Release(target, why)
            ? Task.FromResult<object>(Answer(restriction))
            : throw AdminProblem.NotFound(
                "No restriction of that target is in force. `portcullis release` (GET /v1/restrictions) lists them."
            );
    }

    private static RestrictionAnswer Answer(Restriction restriction) =>
        new(restriction.Target.ToString(), restriction.Why, Wording.End(restriction.Until));
}

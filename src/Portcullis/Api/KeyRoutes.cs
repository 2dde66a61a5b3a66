using System.Text;
using Portcullis.Api.Answers;
using Portcullis.Core.Identity.Keys;

namespace Portcullis.Api;

/// <summary>The gateway's own API keys: issue, list, rotate, revoke.</summary>
internal static class KeyRoutes
{
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(90);

    public static IReadOnlyList<AdminRoute> All { get; } =
    [
        new()
        {
            Method = "GET",
            Path = "/v1/keys",
            Id = "keys",
            Summary = "Every API key, revoked ones too; never their text.",
            Answer = AdminJson.Default.KeyAnswerArray,
            Handle = ListAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/v1/keys",
            Id = "issueKey",
            Summary = "Makes an API key; its text is answered this once.",
            Body = AdminJson.Default.KeyIssueRequest,
            Answer = AdminJson.Default.IssuedKeyAnswer,
            Handle = IssueAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/v1/keys/{id}/rotate",
            Id = "rotateKey",
            Summary = "Gives a key a new text; the old one stays good for the overlap.",
            Body = AdminJson.Default.KeyRotateRequest,
            Answer = AdminJson.Default.IssuedKeyAnswer,
            Handle = RotateAsync,
        },
        new()
        {
            Method = "DELETE",
            Path = "/v1/keys/{id}",
            Id = "revokeKey",
            Summary = "Ends a key for the very next request.",
            Answer = AdminJson.Default.KeyAnswer,
            Handle = RevokeAsync,
        },
    ];

    private static Task<object> ListAsync(AdminCall call)
    {
        var store = call.State.Identity.ApiKeys;
        object answer = store.List().Select(key => Answer(store, key)).ToArray();
        return Task.FromResult<object>(answer);
    }

    private static async Task<object> IssueAsync(AdminCall call)
    {
        var request = await call.ReadAsync(AdminJson.Default.KeyIssueRequest);
        if (
            int.TryParse(request.Sharing, out _) || !Enum.TryParse<KeySharing>(request.Sharing, ignoreCase: true, out var sharing)
        )
        {
            throw AdminProblem.BadInput("sharing: must be none, backEnd or installed.");
        }
        var unknown = request.Pools.FirstOrDefault(name => call.State.Policy.Pools.All(pool => pool.Name != name));
        if (unknown is not null)
        {
            throw AdminProblem.BadInput(
                $"pools: the policy has no pool '{unknown}'. It has: {string.Join(", ", call.State.Policy.Pools.Select(pool => pool.Name))}."
            );
        }
        var store = call.State.Identity.ApiKeys;
        var end = Duration.EndOf(request.Until, call.State.Clock.Now, "until");
        try
        {
            var issued = store.Issue(
                new ApiKeyRequest
                {
                    Name = request.Name,
                    Owner = request.Owner,
                    Scopes = request.Scopes,
                    Roles = request.Roles,
                    Pools = request.Pools,
                    ExpiresAt = Wording.End(end),
                    Sharing = sharing,
                    EndUserHeader = request.EndUserHeader,
                }
            );
            return Issued(call, issued);
        }
        catch (ArgumentException fault)
        {
            throw AdminProblem.BadInput(fault.Message);
        }
    }

    private static async Task<object> RotateAsync(AdminCall call)
    {
        var request = await call.ReadAsync(AdminJson.Default.KeyRotateRequest);
        if (!Duration.TryParse(request.Overlap, out var overlap) || overlap > LongestOverlap)
        {
            throw AdminProblem.BadInput(
                "overlap: write a duration of at most 90d, for example 24h; 0s ends the old text at once."
            );
        }
        var store = call.State.Identity.ApiKeys;
        var issued = store.Rotate(call.Route("id"), overlap) ?? throw NoKey();
        return Issued(call, issued);
    }

    private static Task<object> RevokeAsync(AdminCall call)
    {
        var store = call.State.Identity.ApiKeys;
        var id = call.Route("id");
        return store.Revoke(id) ? Task.FromResult<object>(Answer(store, store.List().First(key => key.Id == id))) : throw NoKey();
    }

    private static IssuedKeyAnswer Issued(AdminCall call, IssuedApiKey issued)
    {
        var identity = call.State.Policy.Identity;
        return new IssuedKeyAnswer(Answer(call.State.Identity.ApiKeys, issued.Record), issued.Text)
        {
            Header = identity.ApiKeyHeader,
            Query = identity.ApiKeyQuery is { } query ? Encoding.UTF8.GetString(query) : null,
        };
    }

    private static AdminProblem NoKey() =>
        AdminProblem.NotFound("No key of that id is in force. `portcullis keys` (GET /v1/keys) lists them.");

    private static KeyAnswer Answer(ApiKeyStore store, ApiKeyRecord key) =>
        new()
        {
            Id = key.Id,
            Name = key.Settings.Name,
            Caller = store.RungOf(key).ToString(),
            Sharing = Wording.Camel(key.Settings.Sharing),
            Scopes = key.Settings.Scopes,
            Roles = key.Settings.Roles,
            Pools = key.Settings.Pools,
            CreatedAt = key.CreatedAt,
            ExpiresAt = key.Settings.ExpiresAt,
            RevokedAt = key.RevokedAt,
        };
}

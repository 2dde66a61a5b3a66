using Portcullis.Analysis.Inventory;
using Portcullis.Core.Hashing;

namespace Portcullis.Api;

/// <summary>Finds the one caller an operator means by a name.</summary>
/// <param name="Key">Its hash.</param>
/// <param name="IsKnown">True when the gate or the ledger knows it.</param>
internal sealed record CallerFinding(Key128 Key, bool IsKnown)
{
    private const int MostCharacters = 512;

    /// <exception cref="AdminProblem">The name leads to nobody, or to several.</exception>
    public static async Task<CallerFinding> FindAsync(AdminCall call, string name)
    {
        var candidates = name.Length is 0 or > MostCharacters ? [] : CallerNames.Find(call.State, name);
        if (candidates.Count == 0)
        {
            throw AdminProblem.BadInput(
                "Name a caller by its hash, by its account, by key:NAME for an API key, or by network:ADDRESS."
            );
        }
        var known = new List<Key128>();
        foreach (var key in candidates)
        {
            if (call.State.Callers.TryGet(key, out _) || await call.Ledger.ExposureAsync(key, call.Aborted) is not null)
            {
                known.Add(key);
            }
        }
        return known.Count switch
        {
            0 when candidates.Count == 1 => new(candidates[0], false),
            0 => throw AdminProblem.NotFound("Nobody of that name was seen."),
            1 => new(known[0], true),
            _ => throw AdminProblem.Conflict(
                $"The name means several callers; use one of their hashes: {string.Join(", ", known)}"
            ),
        };
    }
}

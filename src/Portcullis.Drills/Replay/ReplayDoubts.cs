using System.Globalization;
using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Replay;

/// <summary>Says of a finished cell why its figures carry less than they seem to: an attack that hits nobody, a folder with little honest traffic.</summary>
internal sealed class ReplayDoubts(Action<string>? say)
{
    private const long LeastRequests = 30_000;
    private const int LeastDays = 30;
    private const long LeastOfRole = 1_000;

    private readonly HashSet<string> _said = [];

    public void Weigh(Scenario scenario, ReplayResult result)
    {
        if (result.IsUntested)
        {
            Say(
                $"{scenario.Id} {result.Variant}: nothing is lost without a gate either, so its promise is not tested. See in {scenario.Folder}/scenario.yaml what the API still checks and which fields it answers."
            );
        }
        if (!scenario.IsBuiltIn && Short(scenario, result) is { Count: > 0 } missing)
        {
            Say(
                $"{scenario.Id}: {string.Join(", ", missing)}: too little to trust how many are denied. A rate of 1 in 10,000 takes 30,000 honest requests in 30 days, 1,000 of each role; raise days, users or perDay in {scenario.Folder}/scenario.yaml."
            );
        }
    }

    private static List<string> Short(Scenario scenario, ReplayResult result)
    {
        var missing = new List<string>();
        if (result.BenignRequests < LeastRequests)
        {
            missing.Add(Number(result.BenignRequests, "honest requests"));
        }
        if (scenario.Days < LeastDays)
        {
            missing.Add(Number(scenario.Days, "days"));
        }
        foreach (var (role, requests) in result.Detail?.RequestsByRole ?? [])
        {
            if (requests < LeastOfRole)
            {
                missing.Add(Number(requests, $"of {role}"));
            }
        }
        return missing;
    }

    private static string Number(long value, string what) => string.Create(CultureInfo.InvariantCulture, $"{value:N0} {what}");

    private void Say(string doubt)
    {
        if (_said.Add(doubt))
        {
            say?.Invoke(doubt);
        }
    }
}

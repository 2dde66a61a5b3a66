using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>All requests of a run in the order of their times; the same seed gives the same bytes.</summary>
public sealed class Traffic
{
    private readonly List<RequestSource> _sources = [];
    private readonly long _end;

    /// <param name="world">The scenario and its people.</param>
    /// <param name="shape">The attack.</param>
    /// <param name="pace">How the attacker behaves.</param>
    /// <param name="withHonest">False to send the attack alone.</param>
    public Traffic(World world, AttackShape shape, AttackPace pace, bool withHonest = true)
    {
        _end = world.Scenario.Days * RequestSource.DayMilliseconds;
        for (var role = 0; withHonest && role < world.Scenario.Roles.Length; role++)
        {
            _sources.Add(new RoleSource(world, role));
        }
        if (shape.Aim == AttackAim.Control)
        {
            return;
        }
        var attack = new AttackSource(world, shape, pace);
        AttackAt = attack.MainPhaseAt;
        _sources.Add(attack);
        if (shape.Aim == AttackAim.Records)
        {
            _sources.Add(new ReconSource(world, shape));
        }
    }

    /// <summary>When the attack's main phase begins; 0 without attacker.</summary>
    public long AttackAt { get; }

    /// <summary>Writes the next request; false at the end of the run.</summary>
    public bool Next(SimulatedRequest request)
    {
        var at = _end;
        RequestSource? due = null;
        foreach (var source in _sources)
        {
            if (source.NextAt < at)
            {
                at = source.NextAt;
                due = source;
            }
        }
        due?.Take(request);
        return due is not null;
    }
}

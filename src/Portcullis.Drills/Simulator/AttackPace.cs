using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>How one attacker of a run behaves.</summary>
/// <param name="Kind">Pace and addresses.</param>
/// <param name="Identities">Credentials, or addresses where there are none, 1 or more.</param>
/// <param name="ActsWhileLearning">Sends a twentieth of the requests in the learning week already.</param>
public sealed record AttackPace(AttackerKind Kind, int Identities, bool ActsWhileLearning);

using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>Who a simulated credential was issued to.</summary>
/// <param name="Kind">Customer, agent or partner.</param>
/// <param name="Number">The person for a customer, else a running number.</param>
public readonly record struct SimulatedIdentity(CredentialKind Kind, int Number);

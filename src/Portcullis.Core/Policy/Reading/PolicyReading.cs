using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Reading;

/// <summary>What reading a policy gave.</summary>
/// <param name="Options">What was written, as far as it could be read; null when the text has no structure at all.</param>
/// <param name="Origins">Where each key stands.</param>
/// <param name="Errors">Everything that is wrong; empty when the options are sound in themselves.</param>
public sealed record PolicyReading(GatewayOptions? Options, PolicyOrigins Origins, IReadOnlyList<PolicyError> Errors);

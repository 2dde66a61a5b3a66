using System.Collections.Frozen;
using Portcullis.Core;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Opens the state of a gate that lives inside one application.</summary>
internal static class EmbeddedGate
{
    /// <summary>Compiles the policy and puts it in force.</summary>
    /// <exception cref="InvalidOperationException">The policy cannot be used; every error is in the message.</exception>
    public static GateState Open(PortcullisOptions options)
    {
        // Operations belong to the state, and a policy is compiled against them: so the state comes first, serving nothing.
        var nothing = new PolicySnapshot { UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty };
        var state = new GateState(nothing, options.Keys, options.Journal, new GateClock(options.Time), options.Findings);
        var loaded = new PolicyLoader().Load(options.PolicyFile, [], state.Operations);
        if (!loaded.IsSound)
        {
            throw new InvalidOperationException(
                $"The policy cannot be used:\n{string.Join('\n', loaded.Errors.Select(error => "  " + error))}"
            );
        }
        state.Use(loaded.Snapshot);
        return state;
    }
}

using System.Collections.Frozen;
using Portcullis.Core;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Opens the state of a gate that lives inside one application.</summary>
internal static class EmbeddedGate
{
    /// <summary>Puts back what the storage kept, compiles the policy and puts it in force.</summary>
    /// <exception cref="InvalidOperationException">The policy cannot be used; every error is in the message.</exception>
    public static GateState Open(PortcullisOptions options)
    {
        // Operations belong to the state, and a policy is compiled against them: so the state comes first, serving nothing.
        var state = NewState(options);
        options.Storage?.Restore(state);
        var loaded = new PolicyLoader().Load(options.PolicyFile, [], state.Operations);
        if (!loaded.IsSound)
        {
            throw new InvalidOperationException(
                $"The policy cannot be used:\n{string.Join('\n', loaded.Errors.Select(error => "  " + error))}"
            );
        }
        options.Storage?.RestoreBudgets(state, loaded.Snapshot);
        state.Use(loaded.Snapshot);
        options.Storage?.Start();
        return state;
    }

    private static GateState NewState(PortcullisOptions options)
    {
        var nothing = new PolicySnapshot { UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty };
        return options.Storage is { } storage
            ? new GateState(nothing, storage.Keys, storage.Journal, storage.NewClock(options.Time), options.Findings)
            : new GateState(nothing, KeyRing.CreateRandom(), new NullJournal(), new GateClock(options.Time), options.Findings);
    }
}

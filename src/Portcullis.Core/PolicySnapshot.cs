using System.Collections.Frozen;
using Portcullis.Core.Budgets;
using Portcullis.Core.Expressions;
using Portcullis.Core.Identity;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>What the user wrote, compiled: immutable, swapped by one reference, read by every guard.</summary>
public sealed class PolicySnapshot
{
    /// <summary>Hash of the text it was compiled from; stands in the journal when it takes effect.</summary>
    public string Version { get; init; } = "built-in";

    public Mode Mode { get; init; } = Mode.Monitor;

    /// <summary>By host name, lower case, without port.</summary>
    public required FrozenDictionary<string, UpstreamPlan> UpstreamsByHost { get; init; }

    /// <summary>Answers to hosts not listed; null refuses them.</summary>
    public UpstreamPlan? DefaultUpstream { get; init; }

    public IdentityPlan Identity { get; init; } = new();

    /// <summary>Index 0 is anonymous, 1 new identities, then the declared ones.</summary>
    public Pool[] Pools { get; init; } = [new(BuiltInPools.Anonymous, "anonymous", null), new(BuiltInPools.New, "new", null)];

    /// <summary>All budgets, in the order written; an exchange without a known operation is charged to each.</summary>
    public Budget[] Budgets { get; init; } = [];

    /// <summary>Ids of declared operations by which strangers sign in.</summary>
    public FrozenSet<string> SignIns { get; init; } = FrozenSet<string>.Empty;

    /// <summary>How long an identity counts as new; 30 days unless set.</summary>
    public TimeSpan NewIdentityAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether anonymous callers may receive personal data that no operation declared public. False unless set.</summary>
    public bool AllowsAnonymousPersonalData { get; init; }

    public HoldLimits Hold { get; init; } = new();

    /// <summary>What happens when the journal cannot be written.</summary>
    public FailureWord OnJournalFailure { get; init; }

    /// <summary>Networks whose forwarding headers are believed; none unless set.</summary>
    public System.Net.IPNetwork[] TrustedProxies { get; init; } = [];

    /// <summary>True to leave Cache-Control of personal answers as the upstream wrote it.</summary>
    public bool KeepsCacheControl { get; init; }

    public UpstreamPlan? FindUpstream(string host) =>
        UpstreamsByHost.TryGetValue(host, out var upstream) ? upstream : DefaultUpstream;
}

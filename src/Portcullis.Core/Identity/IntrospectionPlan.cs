using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity;

/// <summary>Whom to ask what an opaque token stands for (RFC 7662), and how its answer is read.</summary>
public sealed record IntrospectionPlan
{
    /// <summary>Where tokens are asked about.</summary>
    public required Uri Url { get; init; }

    /// <summary>How the gateway names itself there.</summary>
    public required string ClientId { get; init; }

    /// <summary>The gateway's secret there.</summary>
    public required SecretText ClientSecret { get; init; }

    /// <summary>How claims of an answer are read; its keys are not used.</summary>
    public required TokenIssuer Issuer { get; init; }

    /// <summary>How long an answer is believed: the longest time a token ended at its issuer still passes here; 1 min unless set.</summary>
    public TimeSpan Cache { get; init; } = TimeSpan.FromMinutes(1);
}

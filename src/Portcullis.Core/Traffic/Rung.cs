namespace Portcullis.Core.Traffic;

/// <summary>A step of the identity ladder, weakest first. Only verified or vouched rungs are charged.</summary>
public enum Rung : byte
{
    /// <summary>Nobody in particular: the anonymous pool.</summary>
    Anonymous = 0,

    /// <summary>A network prefix: /24 of IPv4, /64 of IPv6.</summary>
    Network = 1,

    /// <summary>A session cookie the upstream vouched for.</summary>
    Session = 2,

    /// <summary>A verified client certificate.</summary>
    Certificate = 3,

    /// <summary>An API key of the own store.</summary>
    ApiKey = 4,

    /// <summary>The account a verified token or session resolves to.</summary>
    Account = 5,
}

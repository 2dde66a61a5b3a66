namespace Portcullis.Core.Policy.Options;

/// <summary>Who holds a credential, when it names no single person.</summary>
public enum SharedByWord : byte
{
    /// <summary>It names one person or tenant, who alone holds it.</summary>
    Nobody = 0,

    /// <summary>Every installed copy of an application.</summary>
    App = 1,

    /// <summary>A back end or a service that asks on behalf of many end users.</summary>
    Service = 2,
}

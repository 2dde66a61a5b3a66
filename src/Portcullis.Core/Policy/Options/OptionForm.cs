namespace Portcullis.Core.Policy.Options;

/// <summary>What the text of a value must look like.</summary>
public enum OptionForm
{
    Text = 0,

    /// <summary>Letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64; unique among its kind.</summary>
    Name,

    /// <summary>Absolute http or https URL.</summary>
    Url,

    /// <summary>Scheme, host and port: <c>http://0.0.0.0:8080</c>.</summary>
    Endpoint,

    /// <summary>A file or folder, relative to the policy file.</summary>
    Path,

    /// <summary>A URL or a file.</summary>
    UrlOrPath,

    /// <summary>Network in CIDR notation, or one address.</summary>
    Network,

    /// <summary>Host name without scheme and port, or <c>*</c>.</summary>
    Host,

    /// <summary>Name of a header or cookie.</summary>
    Token,

    /// <summary>A condition in the policy's expression language.</summary>
    Expression,

    /// <summary><c>METHOD /path/{parameter}</c>.</summary>
    Operation,

    /// <summary>Id of a data class.</summary>
    DataClass,
}

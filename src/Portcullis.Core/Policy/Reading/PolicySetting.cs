namespace Portcullis.Core.Policy.Reading;

/// <summary>One key set outside the file: by an environment variable or a flag.</summary>
/// <param name="Path">Steps to the key: names without regard to case, list places as numbers, operations as <c>GET_ACCOUNTS_ID</c>.</param>
/// <param name="Value">The value; entries of a list are separated by commas.</param>
/// <param name="Source">The variable or flag, for errors.</param>
public sealed record PolicySetting(IReadOnlyList<string> Path, string Value, string Source)
{
    /// <summary>A setting by a flag, its path written with dots: <c>upstreams.0.address</c>.</summary>
    public static PolicySetting OfFlag(string path, string value, string flag) => new(path.Split('.'), value, flag);
}

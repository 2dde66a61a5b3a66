namespace Portcullis.Core.Identity.Keys;

/// <summary>The outermost object of the key file.</summary>
internal sealed record ApiKeyDocument(ApiKeyRecord[] Keys)
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;
}

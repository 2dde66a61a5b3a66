namespace Portcullis.Core.Policy.Options;

/// <summary>Whether something is let through.</summary>
public enum PermissionWord : byte
{
    Refuse = 0,
    Allow = 1,
}

namespace Portcullis.AspNetCore;

/// <summary>How an attempt to hold bytes ended.</summary>
internal enum HoldResult : byte
{
    Held,
    OverCap,
    NoMemory,
}

namespace Portcullis.Core.Contracts.Schemas;

/// <summary>Formats that are held; others are only noted, as JSON Schema has it.</summary>
internal enum TextFormat : byte
{
    None = 0,
    Date,
    DateTime,
    Uuid,
    Email,
    Int32,
    Int64,
    Ipv4,
    Ipv6,
    Byte,
}

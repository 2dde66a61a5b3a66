namespace Portcullis.Core.Traffic;

/// <summary>Why an answer cannot be read before it leaves.</summary>
public enum UnreadableCause : byte
{
    None = 0,

    /// <summary>A content coding the gate does not decode.</summary>
    Coding,

    /// <summary>A media type or charset no reader understands.</summary>
    MediaType,

    /// <summary>206: part of something.</summary>
    Partial,

    /// <summary>A stream without end: server-sent events, gRPC, an upgraded connection.</summary>
    Stream,

    /// <summary>More bytes than may be held.</summary>
    OverCap,
}

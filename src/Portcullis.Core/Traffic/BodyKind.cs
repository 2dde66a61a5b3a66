namespace Portcullis.Core.Traffic;

/// <summary>How a body was read.</summary>
public enum BodyKind : byte
{
    None = 0,
    Json,
    NdJson,
    Form,
    Xml,
    Csv,
    Text,

    /// <summary>Bytes no reader understands (images, archives).</summary>
    Opaque,

    /// <summary>It claims a readable type and is not well-formed.</summary>
    Malformed,
}

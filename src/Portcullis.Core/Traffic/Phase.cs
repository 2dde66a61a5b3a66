namespace Portcullis.Core.Traffic;

/// <summary>Where an exchange stands; guards take part in some phases, in the order of <see cref="Gate"/>.</summary>
public enum Phase : byte
{
    /// <summary>Target and headers are read; no body byte is.</summary>
    RequestHead = 0,

    /// <summary>The request body is buffered whole.</summary>
    RequestBody = 1,

    /// <summary>Status and headers of the answer are known: pass, hold or refuse is chosen here.</summary>
    ResponseHead = 2,

    /// <summary>The answer is held whole.</summary>
    ResponseBody = 3,
}

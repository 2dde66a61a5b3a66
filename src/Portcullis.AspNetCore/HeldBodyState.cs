namespace Portcullis.AspNetCore;

/// <summary>What happens to the bytes of an answer.</summary>
internal enum HeldBodyState : byte
{
    /// <summary>No byte has come and the head is not judged.</summary>
    Undecided,
    Holding,
    Passing,
    Withheld,
}

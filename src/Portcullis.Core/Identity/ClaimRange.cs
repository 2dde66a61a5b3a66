using System.Runtime.InteropServices;

namespace Portcullis.Core.Identity;

/// <summary>Where the name of a claim stands in the text of its set, and which of the set's values are its own.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly record struct ClaimRange(ushort NameAt, ushort NameLength, ushort FirstValue, ushort Values);

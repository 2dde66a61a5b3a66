using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>
/// Decides inline, synchronously and without I/O. <em>Read</em> turns bytes into facts and is pure; <em>judge</em> weighs facts, state
/// and policy. A guard that lacks something (a key set) answers with a <see cref="Need"/>; the adapter fetches it and enters again.
/// </summary>
public abstract class Guard
{
    /// <summary>Stable id, listed in the catalog.</summary>
    public abstract string Id { get; }

    /// <summary>The phases it takes part in.</summary>
    public abstract IReadOnlyList<Phase> Phases { get; }

    /// <summary>Bytes to facts. Must not throw on any input.</summary>
    public virtual void Read(Exchange exchange, Phase phase) { }

    /// <summary>Facts, state and policy to a verdict. May be called twice for one phase when it answered with a need.</summary>
    public abstract Judgement Judge(Exchange exchange, Phase phase);
}

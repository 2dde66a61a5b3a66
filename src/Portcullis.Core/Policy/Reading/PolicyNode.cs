namespace Portcullis.Core.Policy.Reading;

/// <summary>A part of the policy document, before it has a type.</summary>
internal abstract class PolicyNode(PolicyOrigin origin)
{
    public PolicyOrigin Origin { get; } = origin;

    /// <summary>Nodes below it and itself; aliases count again each time they are used.</summary>
    public abstract int Size { get; }

    /// <summary>What it is, for messages.</summary>
    public abstract string Noun { get; }

    /// <summary>The same again, so that a setting laid over one use of an alias leaves the others alone.</summary>
    public abstract PolicyNode Copy();
}

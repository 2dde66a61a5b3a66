using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>Finds the operation of a canonical target: declared ones in a trie, others learned by the shape of their ids.</summary>
public abstract class OperationRouter
{
    /// <summary>
    /// Fills <see cref="Exchange.PathParameters"/> and returns the operation, or null when the path is unknown.
    /// A known path with another method returns null and sets <paramref name="otherMethod"/>.
    /// </summary>
    public abstract OperationPlan? Match(Exchange exchange, out bool otherMethod);

    /// <summary>
    /// Called at the response head of an exchange that matched nothing: learns the operation when the upstream's status shows that it
    /// exists, and returns the plan its answer is judged by; null when nothing is learned.
    /// </summary>
    public virtual OperationPlan? Learn(Exchange exchange) => null;

    /// <summary>The plan an operation is judged by, for those who ask about it outside an exchange; null when it is of another upstream.</summary>
    public virtual OperationPlan? PlanOf(Operation operation) => null;
}

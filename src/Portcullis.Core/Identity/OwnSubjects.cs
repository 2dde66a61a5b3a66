using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity;

/// <summary>Keys of the subjects that are a caller's own on one operation; kept with the identity, so that a known token costs none.</summary>
/// <param name="plan">Operation whose ownership named the claims.</param>
/// <param name="subjects">Keys of the caller's own subjects there.</param>
internal sealed class OwnSubjects(OperationPlan? plan, Key128[] subjects)
{
    public static readonly OwnSubjects None = new(null, []);

    public bool Has(Key128 subject) => subjects.AsSpan().Contains(subject);

    public bool AreOf(OperationPlan? asked) => ReferenceEquals(plan, asked);
}

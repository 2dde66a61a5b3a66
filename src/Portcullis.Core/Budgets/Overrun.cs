namespace Portcullis.Core.Budgets;

/// <summary>What did not fit the budgets, and what that would do to the answer; also where it leaves all the same.</summary>
/// <param name="Budget">The budget with the hardest word that an item did not fit; null when all did.</param>
/// <param name="Used">Distinct subjects of that budget's window.</param>
/// <param name="Dropped">Items that would be dropped.</param>
/// <param name="Left">Items that would leave, masked ones too.</param>
/// <param name="CanCut">False when one that would be dropped cannot be cut out of the answer.</param>
internal readonly record struct Overrun(Budget? Budget, int Used, int Dropped, int Left, bool CanCut);

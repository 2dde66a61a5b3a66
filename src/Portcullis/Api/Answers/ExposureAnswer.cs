namespace Portcullis.Api.Answers;

/// <summary>What one caller received, and what is left of its budgets.</summary>
internal sealed record ExposureAnswer(
    CallerAnswer Caller,
    IReadOnlyList<OperationExposureAnswer> Operations,
    IReadOnlyList<BudgetAnswer> Budgets
);

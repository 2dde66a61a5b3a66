namespace Portcullis.Api.Answers;

/// <summary>One budget and how much of it is used now.</summary>
/// <param name="Name">As the policy names it.</param>
/// <param name="Scope"><c>caller</c>, or <c>pool NAME</c>.</param>
/// <param name="Used">Distinct people within the window.</param>
/// <param name="Limit">The ceiling.</param>
/// <param name="Window">For example <c>1d</c>.</param>
internal sealed record BudgetAnswer(string Name, string Scope, int Used, int Limit, string Window);

namespace Portcullis.Api.Answers;

/// <summary>An exception in force for one caller.</summary>
internal sealed record AllowanceAnswer(string Reason, string Operation, string Caller, DateTimeOffset Until, string Why);

namespace Portcullis.Sample.Telecom;

/// <summary>A tariff anyone may see.</summary>
internal sealed record Plan(string Id, string Title, decimal MonthlyPrice);

namespace Portcullis.Sample.Telecom;

/// <summary>One day's use of a line.</summary>
internal sealed record UsageEntry(string AccountId, DateOnly Day, int Megabytes, int Minutes);

using System.Text.Json.Serialization;

namespace Portcullis.Drills.Replay;

/// <summary>What a report shows beside the figures of a cell.</summary>
public sealed record ReplayDetail
{
    /// <summary>Records lost in the odd calls before the attack.</summary>
    public required long LostInRecon { get; init; }

    /// <summary>Records lost in the monitored week that the product learns from.</summary>
    public required long LostWhileLearning { get; init; }

    /// <summary>Honest requests by role.</summary>
    public required Dictionary<string, long> RequestsByRole { get; init; }

    /// <summary>Honest requests denied, by the rule that denied them.</summary>
    public required Dictionary<string, long> DeniedByRule { get; init; }

    /// <summary>True when the gate was given the items of each answer instead of a body to read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BodiesPreExtracted { get; init; }

    /// <summary>Records the gate wrote to its journal; null where they were not counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? JournalRecords { get; init; }

    /// <summary>Bytes of these records.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? JournalBytes { get; init; }

    /// <summary>Most journal bytes kept at a time: what the page cache may hold beside the memory of the process.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? JournalBytesCached { get; init; }

    /// <summary>What the run leaves out or compresses; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Records lost over time.</summary>
    public required LossPoint[] Curve { get; init; }
}

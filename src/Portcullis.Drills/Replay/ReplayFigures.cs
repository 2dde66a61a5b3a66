using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Portcullis.Drills.Replay;

/// <summary>The JSON of replay results for machines: the figures, whose fields do not change, without what a report shows beside them.</summary>
public static class ReplayFigures
{
    private static readonly string[] Detail = ["benignDeniedUpper95", "worstRoleRate", "longestLockoutSeconds", "detail"];

    private static readonly JsonSerializerOptions Options = new(ReplayJson.Default.Options)
    {
        TypeInfoResolver = ReplayJson.Default.WithAddedModifier(LeaveOutDetail),
    };

    public static JsonTypeInfo<IReadOnlyList<ReplayResult>> Json { get; } =
        (JsonTypeInfo<IReadOnlyList<ReplayResult>>)Options.GetTypeInfo(typeof(IReadOnlyList<ReplayResult>));

    private static void LeaveOutDetail(JsonTypeInfo type)
    {
        if (type.Type != typeof(ReplayResult))
        {
            return;
        }
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (Detail.Contains(type.Properties[i].Name))
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}

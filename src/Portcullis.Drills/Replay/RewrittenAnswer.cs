using Portcullis.Core.Traffic;

namespace Portcullis.Drills.Replay;

/// <summary>The body that is left after mask or clip.</summary>
internal static class RewrittenAnswer
{
    public static ReadOnlyMemory<byte> Of(Exchange exchange)
    {
        _ = exchange;
        return default;
    }
}

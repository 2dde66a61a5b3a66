using Portcullis.Core.Traffic;

namespace Portcullis.Drills.Replay.Full;

/// <summary>The few header lines of a full-scale request or answer, without a list.</summary>
internal sealed class FullHeaders : HeaderSource
{
    public string? Authorization { get; set; }

    public string? ContentType { get; set; }

    public override int Get(string name, out string? first)
    {
        first =
            name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? Authorization
            : name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? ContentType
            : null;
        return first is null ? 0 : 1;
    }

    public override bool AnyName(Func<string, bool> isMeant) =>
        (Authorization is not null && isMeant("Authorization")) || (ContentType is not null && isMeant("Content-Type"));

    public override string? Line(string name, int index) => index < Get(name, out var first) ? first : null;
}

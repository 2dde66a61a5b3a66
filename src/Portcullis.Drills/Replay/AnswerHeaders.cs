using System.Globalization;
using Portcullis.Core.Traffic;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>The header lines of a simulated answer.</summary>
internal sealed class AnswerHeaders : HeaderSource
{
    private string _contentType = "";
    private int _length;

    public void Use(SimulatedAnswer answer)
    {
        _contentType = answer.ContentType;
        _length = answer.Body.Length;
    }

    public override int Get(string name, out string? first)
    {
        first =
            name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? _contentType
            : name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? _length.ToString(CultureInfo.InvariantCulture)
            : null;
        return first is null ? 0 : 1;
    }

    public override bool AnyName(Func<string, bool> isMeant) => isMeant("Content-Type") || isMeant("Content-Length");

    public override string? Line(string name, int index)
    {
        var count = Get(name, out var first);
        return index < count ? first : null;
    }
}

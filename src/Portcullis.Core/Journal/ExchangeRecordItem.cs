using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Journal;

/// <summary>One item of a recorded answer.</summary>
/// <param name="Subject">Canonical key.</param>
/// <param name="Classes">Data classes, one bit each.</param>
/// <param name="Outcome">What happened to it.</param>
/// <param name="IsNew">True when it was charged as a new subject.</param>
/// <param name="Aliases">Other keys of the same subject.</param>
public sealed record ExchangeRecordItem(Key128 Subject, ulong Classes, ItemOutcome Outcome, bool IsNew, AliasFact[] Aliases)
{
    /// <summary>True when the subject key is the item's own id: only then do its aliases lead to it.</summary>
    public bool HasOwnId { get; init; }

    internal static ExchangeRecordItem Read(ref RecordReader reader)
    {
        var subject = reader.Key();
        var classes = reader.Number();
        var outcome = reader.Byte();
        var aliases = new AliasFact[reader.Count()];
        for (var i = 0; i < aliases.Length; i++)
        {
            var classBit = reader.Byte();
            aliases[i] = new AliasFact(reader.Key(), classBit);
        }
        return new ExchangeRecordItem(subject, classes, (ItemOutcome)(outcome & 0x3F), (outcome & 0x80) != 0, aliases)
        {
            HasOwnId = (outcome & 0x40) != 0,
        };
    }
}

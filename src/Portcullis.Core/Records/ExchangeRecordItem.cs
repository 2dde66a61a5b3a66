using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Records;

/// <summary>One item of a recorded answer.</summary>
/// <param name="Subject">Canonical key.</param>
/// <param name="Classes">Data classes, one bit each.</param>
/// <param name="Outcome">What happened to it.</param>
/// <param name="IsNew">True when it was charged as a new subject.</param>
/// <param name="Aliases">Other keys of the same subject.</param>
public sealed record ExchangeRecordItem(Key128 Subject, ulong Classes, ItemOutcome Outcome, bool IsNew, AliasFact[] Aliases)
{
    /// <summary>True when the subject key is the item's own id.</summary>
    public bool HasOwnId { get; init; }

    /// <summary>True when its aliases lead to its subject.</summary>
    public bool Teaches { get; init; }

    internal static ExchangeRecordItem Of(ItemRecordReader item)
    {
        var aliases = new AliasFact[item.AliasCount];
        for (var i = 0; i < aliases.Length; i++)
        {
            aliases[i] = item.AliasAt(i);
        }
        return new ExchangeRecordItem(item.Subject, item.Classes, item.Outcome, item.IsNew, aliases)
        {
            HasOwnId = item.HasOwnId,
            Teaches = item.Teaches,
        };
    }
}

using System.Numerics;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Writes the groups of a body into the exchange: items with subject and aliases, and the values that can be masked.</summary>
internal sealed class ItemWriter
{
    private const int MostAliases = 32;

    // Which value names the subject when several could: what an account is known by, then documents, then ways to reach a person.
    private static readonly string[] Order =
    [
        "account-id",
        "customer-id",
        "user-id",
        "national-id",
        "imsi",
        "passport",
        "driving-licence",
        "aadhaar",
        "vehicle-vin",
        "tax-id",
        "email",
        "phone",
        "iccid",
        "imei",
    ];

    private static readonly byte[] Rank = MakeRank();
    private static readonly ulong OwnIds =
        DataClasses.BitOf("account-id") | DataClasses.BitOf("customer-id") | DataClasses.BitOf("user-id");

    /// <summary>Fills items, values, aliases and classes of the exchange.</summary>
    public void Write(Exchange exchange, GateState state, BodyReading reading, ItemBuilder builder)
    {
        var publicClasses = exchange.Plan?.PublicClasses ?? 0;
        Chain(reading, builder);
        var ownsAll = exchange.Plan?.ItemOwnership is not null;
        var hasList = ownsAll && HasElement(builder);
        for (var i = 0; i < builder.Groups.Count; i++)
        {
            ref var group = ref builder.Groups[i];
            if (!IsItem(group) && !(ownsAll && IsRecord(builder, i, hasList)))
            {
                continue;
            }
            group.Item = exchange.Items.Count;
            var item = new ItemFact { Classes = group.Classes & ~publicClasses, Range = group.Range };
            AddAliases(exchange, reading, group, ref item);
            Name(exchange, state, reading, group, ref item);
            exchange.Items.Add(item);
            exchange.ResponseClasses |= item.Classes;
        }
        foreach (ref readonly var sighting in reading.Sightings.Span)
        {
            var group = builder.GroupOf(sighting);
            if (
                group >= 0
                && builder.Groups[group].Item >= 0
                && sighting.Range.Length > 0
                && (1UL << sighting.Class & publicClasses) == 0
            )
            {
                exchange.Values.Add(new ValueFact(sighting.Range, sighting.Class, builder.Groups[group].Item));
            }
        }
    }

    // A token alone is its receiver's own and new every time; only what never leaves makes an item by itself.
    private static bool IsItem(in RecordGroup group) =>
        group.MergedInto < 0 && (group.Classes & (~DataClasses.Secrets | DataClasses.NeverLeaving)) != 0;

    // Where policy says whose items are, each element of the outermost lists is one, or the whole when there is none: an order without a
    // word about people is somebody's too.
    private static bool IsRecord(ItemBuilder builder, int index, bool hasList)
    {
        ref readonly var group = ref builder.Groups[index];
        if (group.MergedInto >= 0 || group.IsElement != hasList || !hasList && group.Parent >= 0)
        {
            return false;
        }
        for (var parent = group.Parent; parent >= 0; parent = builder.Groups[parent].Parent)
        {
            if (builder.Groups[parent].IsElement)
            {
                return false;
            }
        }
        return true;
    }

    private static bool HasElement(ItemBuilder builder)
    {
        foreach (ref readonly var group in builder.Groups.Span)
        {
            if (group.IsElement)
            {
                return true;
            }
        }
        return false;
    }

    // Sightings of one group in the order of the body; from here on Next leads through the group, no longer through the node.
    private static void Chain(BodyReading reading, ItemBuilder builder)
    {
        for (var i = reading.Sightings.Count - 1; i >= 0; i--)
        {
            ref var sighting = ref reading.Sightings[i];
            var at = builder.GroupOf(sighting);
            if (at >= 0)
            {
                sighting.Next = builder.Groups[at].First;
                builder.Groups[at].First = i;
            }
        }
    }

    private static void AddAliases(Exchange exchange, BodyReading reading, in RecordGroup group, ref ItemFact item)
    {
        item.FirstAlias = exchange.Aliases.Count;
        for (var i = group.First; i >= 0 && item.AliasCount < MostAliases; i = reading.Sightings[i].Next)
        {
            ref readonly var sighting = ref reading.Sightings[i];
            if ((1UL << sighting.Class & DataClasses.Identifiers) == 0)
            {
                continue;
            }
            var alias = new AliasFact(sighting.Alias, sighting.Class);
            if (!exchange.Aliases.Span[item.FirstAlias..].Contains(alias))
            {
                exchange.Aliases.Add(alias);
                item.AliasCount++;
            }
        }
    }

    private static void Name(Exchange exchange, GateState state, BodyReading reading, in RecordGroup group, ref ItemFact item)
    {
        var best = -1;
        var bestRank = byte.MaxValue;
        for (var i = group.First; i >= 0; i = reading.Sightings[i].Next)
        {
            var found = reading.Sightings[i].Class;
            // An id of the kind its container holds (a user among users) goes before all others.
            var rank = found == group.IdClass ? (byte)0 : Rank[found];
            if (rank < bestRank)
            {
                bestRank = rank;
                best = i;
            }
        }
        var hasPlainId =
            group.Id.Length > 0
            && (group.IsDeclaredId || bestRank > 3 || (bestRank > 0 && group.IdClass != FieldMeaning.NoClass));
        if (hasPlainId)
        {
            item.Subject = KeyOfId(exchange, state, reading, group, best);
            item.HasOwnId = true;
            return;
        }
        item.HasOwnId = best >= 0 && (1UL << reading.Sightings[best].Class & OwnIds) != 0;
        if (item.HasOwnId || !TryLink(exchange, state, ref item))
        {
            item.Subject =
                best >= 0 ? KeyOf(exchange, state, reading, reading.Sightings[best]) : KeyOfValues(state, reading, group);
        }
    }

    private static Key128 KeyOfId(Exchange exchange, GateState state, BodyReading reading, in RecordGroup group, int best)
    {
        var type = group.IdClass == FieldMeaning.NoClass ? SubjectKeys.PlainId : group.IdClass;
        for (var i = group.First; i >= 0 && best >= 0; i = reading.Sightings[i].Next)
        {
            // The declared field may itself be an account number: then its key is an account number's.
            ref readonly var sighting = ref reading.Sightings[i];
            if (sighting.Range == group.Id)
            {
                type = sighting.Class;
            }
        }
        var buffer = reading.Buffer(group.Id.Length);
        var length = ValueText.Decode(exchange.ResponseKind, exchange.ResponseBody.Span, group.Id, buffer);
        return SubjectKeys.Subject(state.Keys, type, buffer[..length]);
    }

    private static Key128 KeyOf(Exchange exchange, GateState state, BodyReading reading, in Sighting sighting)
    {
        if (sighting.Range.Length == 0 || sighting.IsNested)
        {
            return Derived(state, sighting.Alias);
        }
        var buffer = reading.Buffer(sighting.Range.Length);
        var length = ValueText.Decode(exchange.ResponseKind, exchange.ResponseBody.Span, sighting.Range, buffer);
        return SubjectKeys.Subject(state.Keys, sighting.Class, buffer[..length]);
    }

    // The order of fields must not matter, so the keyed hashes of the values are added up.
    private static Key128 KeyOfValues(GateState state, BodyReading reading, in RecordGroup group)
    {
        ulong high = 0;
        ulong low = 0;
        for (var i = group.First; i >= 0; i = reading.Sightings[i].Next)
        {
            high += reading.Sightings[i].Alias.High;
            low += reading.Sightings[i].Alias.Low;
        }
        return Derived(state, new Key128(high, low));
    }

    private static Key128 Derived(GateState state, Key128 values)
    {
        Span<byte> bytes = stackalloc byte[Key128.Size];
        values.Write(bytes);
        return state.Keys.Hash(KeyPurpose.Subject, SubjectKeys.OwnValues, bytes);
    }

    // Only when everything known of its aliases leads to one subject.
    private static bool TryLink(Exchange exchange, GateState state, ref ItemFact item)
    {
        var subject = default(Key128);
        foreach (ref readonly var alias in exchange.Aliases.Span.Slice(item.FirstAlias, item.AliasCount))
        {
            if (!state.Links.TryFind(alias.Key, out var known))
            {
                continue;
            }
            if (!subject.IsEmpty && subject != known)
            {
                return false;
            }
            subject = known;
        }
        item.Subject = subject;
        return !subject.IsEmpty;
    }

    private static byte[] MakeRank()
    {
        var rank = new byte[64];
        Array.Fill(rank, byte.MaxValue);
        for (var i = 0; i < Order.Length; i++)
        {
            rank[BitOperations.TrailingZeroCount(DataClasses.BitOf(Order[i]))] = (byte)(i + 1);
        }
        return rank;
    }
}

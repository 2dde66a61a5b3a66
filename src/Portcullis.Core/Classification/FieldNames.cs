using System.Runtime.CompilerServices;
using System.Text;

namespace Portcullis.Core.Classification;

/// <summary>
/// Meaning by field name after normalisation (case, hyphens, underscores dropped). One backward pass hashes every ending that starts at a
/// word boundary, so <c>customer_email</c> finds <c>email</c>; nothing is allocated.
/// </summary>
internal sealed class FieldNames
{
    private const int MaxLength = 64;
    private const ulong Seed = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    private static readonly string[] Generic =
    [
        "value",
        "number",
        "text",
        "raw",
        "full",
        "first",
        "last",
        "middle",
        "given",
        "family",
        "formatted",
        "e164",
        "national",
        "address",
        "line",
        "primary",
        "secondary",
        "home",
        "work",
        "other",
        "string",
    ];

    private static readonly string[] Wrappers =
    [
        "data",
        "items",
        "results",
        "result",
        "content",
        "records",
        "list",
        "entries",
        "rows",
        "hits",
        "edges",
        "node",
        "nodes",
        "embedded",
        "response",
        "payload",
        "page",
        "body",
        "source",
    ];

    private static readonly string[] Places =
    [
        "store",
        "shop",
        "branch",
        "outlet",
        "merchant",
        "restaurant",
        "dealer",
        "dealership",
        "location",
        "company",
        "organisation",
        "organization",
        "vendor",
        "supplier",
        "manufacturer",
        "brand",
        "hotel",
        "office",
        "venue",
        "warehouse",
        "depot",
        "station",
        "airport",
        "bank",
        "clinic",
        "hospital",
        "pharmacy",
        "school",
        "support",
        "helpdesk",
        "plan",
        "product",
        "retailer",
    ];

    private static readonly string[] InPlaces =
    [
        "openinghours",
        "openingtimes",
        "businesshours",
        "storehours",
        "openhours",
        "storename",
        "shopname",
        "branchname",
        "merchantname",
        "restaurantname",
        "companyregistrationnumber",
        "isopen",
        "storetype",
        "servicesoffered",
    ];

    private static readonly string[] Impersonal =
    [
        "supportemail",
        "supportphone",
        "supportphonenumber",
        "companyphone",
        "companyemail",
        "companyname",
        "storephone",
        "storephonenumber",
        "storeemail",
        "shopphone",
        "branchphone",
        "merchantphone",
        "merchantemail",
        "servicephone",
        "hotline",
        "helpline",
        "customerservicephone",
        "customerservicenumber",
        "emergencyphone",
        "noreplyemail",
        "planname",
        "productname",
        "filename",
        "hostname",
        "domainname",
        "displayphone",
        "devicename",
    ];

    private static readonly (string Name, string? Class)[] Persons =
    [
        ("account", "account-id"),
        ("billingaccount", "account-id"),
        ("customer", "customer-id"),
        ("client", "customer-id"),
        ("subscriber", "customer-id"),
        ("patient", "customer-id"),
        ("person", "customer-id"),
        ("contact", "customer-id"),
        ("employee", "customer-id"),
        ("student", "customer-id"),
        ("passenger", "customer-id"),
        ("guest", "customer-id"),
        ("driver", "customer-id"),
        ("lead", "customer-id"),
        ("party", "customer-id"),
        ("user", "user-id"),
        ("member", "user-id"),
        ("profile", "user-id"),
        ("owner", "user-id"),
        ("me", "user-id"),
        ("people", "customer-id"),
        ("friend", "user-id"),
        ("follower", "user-id"),
        ("author", "user-id"),
        ("sender", null),
        ("recipient", null),
        ("accountholder", null),
        ("holder", null),
        ("beneficiary", null),
        ("manager", null),
        ("agent", null),
        ("tenant", null),
        ("resident", null),
        ("applicant", null),
        ("buyer", null),
        ("seller", null),
        ("traveller", null),
        ("traveler", null),
        ("spouse", null),
        ("child", null),
        ("parent", null),
        ("dependant", null),
        ("dependent", null),
    ];

    private readonly ulong[] _hashes;
    private readonly FieldMeaning[] _meanings;
    private readonly Dictionary<ulong, string> _names = [];

    public FieldNames(IReadOnlyList<DataClass> classes)
    {
        var meanings = new Dictionary<string, FieldMeaning>();
        foreach (var item in classes)
        {
            foreach (var name in item.FieldNames)
            {
                Merge(meanings, name, new(item.Mask, 0, item.EndsCompoundNames ? FieldMark.Compound : FieldMark.None));
            }
            foreach (var name in item.WeakFieldNames)
            {
                Merge(meanings, name, new(0, item.Mask, FieldMark.None));
            }
        }
        Merge(meanings, "id", new(0, 0, FieldMark.PlainId));
        Merge(meanings, "uuid", new(0, 0, FieldMark.PlainId));
        Merge(meanings, "guid", new(0, 0, FieldMark.PlainId));
        foreach (var name in Generic)
        {
            Merge(meanings, name, new(0, 0, FieldMark.Generic));
        }
        foreach (var name in Wrappers)
        {
            Merge(meanings, name, new(0, 0, FieldMark.Wrapper));
        }
        foreach (var name in InPlaces)
        {
            Merge(meanings, name, new(0, 0, FieldMark.InPlace));
        }
        foreach (var name in Impersonal)
        {
            Merge(meanings, name, new(0, 0, FieldMark.Impersonal));
        }
        foreach (var name in Places)
        {
            MergeBoth(meanings, name, new(0, 0, FieldMark.Place));
        }
        foreach (var (name, id) in Persons)
        {
            var bit = classes.FirstOrDefault(item => item.Id == id)?.Bit ?? FieldMeaning.NoClass;
            MergeBoth(meanings, name, new(0, 0, FieldMark.Person, bit));
        }
        var size = 1024;
        while (size < meanings.Count * 4)
        {
            size *= 2;
        }
        _hashes = new ulong[size];
        _meanings = new FieldMeaning[size];
        foreach (var (name, meaning) in meanings)
        {
            Add(name, meaning);
        }
    }

    /// <summary>The meaning of a field's name; <see cref="FieldMeaning.None"/> when it has none.</summary>
    public FieldMeaning Find(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return FieldMeaning.None;
        }
        var hash = Seed;
        var found = FieldMeaning.None;
        var foundAt = -1;
        for (var i = name.Length - 1; i >= 0; i--)
        {
            var c = name[i];
            if (IsSeparator(c))
            {
                continue;
            }
            hash = (hash ^ Lower(c)) * Prime;
            if (i > 0 && !StartsWord(name, i))
            {
                continue;
            }
            var at = Place(hash);
            if (_hashes[at] == hash && (i == 0 || _meanings[at].Has(FieldMark.Compound)))
            {
                found = _meanings[at];
                foundAt = i;
            }
        }
        if (foundAt > 0 && IsPlaceWord(name[..foundAt]))
        {
            return new FieldMeaning(0, 0, FieldMark.Impersonal);
        }
        return found;
    }

    /// <summary>The meaning of a name given as characters; anything but ASCII has none.</summary>
    [SkipLocalsInit]
    public FieldMeaning Find(ReadOnlySpan<char> name)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        return name.Length <= MaxLength && Ascii.IsValid(name) && Encoding.ASCII.TryGetBytes(name, bytes, out var length)
            ? Find(bytes[..length])
            : FieldMeaning.None;
    }

    private static void Merge(Dictionary<string, FieldMeaning> meanings, string name, FieldMeaning meaning)
    {
        var old = meanings.GetValueOrDefault(name, FieldMeaning.None);
        meanings[name] = new FieldMeaning(
            old.Strong | meaning.Strong,
            old.Weak | meaning.Weak,
            old.Mark | meaning.Mark,
            meaning.IdClass != FieldMeaning.NoClass ? meaning.IdClass : old.IdClass
        );
    }

    private static void MergeBoth(Dictionary<string, FieldMeaning> meanings, string name, FieldMeaning meaning)
    {
        Merge(meanings, name, meaning);
        Merge(
            meanings,
            name.EndsWith('y') ? $"{name[..^1]}ies"
                : name is "branch" ? "branches"
                : $"{name}s",
            meaning
        );
    }

    private static bool IsSeparator(byte c) => c < 0x80 && !char.IsAsciiLetterOrDigit((char)c);

    private static byte Lower(byte c) => (byte)(c is >= (byte)'A' and <= (byte)'Z' ? c + 32 : c);

    private static bool StartsWord(ReadOnlySpan<byte> name, int i)
    {
        var before = name[i - 1];
        return IsSeparator(before)
            || (
                char.IsAsciiLetterUpper((char)name[i])
                && (!char.IsAsciiLetterUpper((char)before) || (i + 1 < name.Length && char.IsAsciiLetterLower((char)name[i + 1])))
            );
    }

    private bool IsPlaceWord(ReadOnlySpan<byte> prefix)
    {
        var hash = Seed;
        for (var i = prefix.Length - 1; i >= 0; i--)
        {
            if (!IsSeparator(prefix[i]))
            {
                hash = (hash ^ Lower(prefix[i])) * Prime;
            }
        }
        var at = Place(hash);
        return _hashes[at] == hash && _meanings[at].Has(FieldMark.Place);
    }

    private void Add(string name, FieldMeaning meaning)
    {
        var hash = Seed;
        for (var i = name.Length - 1; i >= 0; i--)
        {
            hash = (hash ^ name[i]) * Prime;
        }
        if (!_names.TryAdd(hash, name))
        {
            throw new InvalidOperationException(
                $"Field names '{name}' and '{_names[hash]}' have the same hash. Change the seed."
            );
        }
        var at = Place(hash);
        _hashes[at] = hash;
        _meanings[at] = meaning with { Field = (ushort)(at + 1) };
    }

    // The place of the hash, or the free one where it would stand.
    private int Place(ulong hash)
    {
        var mask = _hashes.Length - 1;
        var at = (int)(hash ^ (hash >> 32)) & mask;
        while (_hashes[at] != 0 && _hashes[at] != hash)
        {
            at = (at + 1) & mask;
        }
        return at;
    }
}

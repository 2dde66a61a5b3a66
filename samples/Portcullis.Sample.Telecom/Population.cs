namespace Portcullis.Sample.Telecom;

/// <summary>
/// Customers computed from their number, so that a population of any size needs no memory and is the same on every machine.
/// </summary>
public sealed class Population(int count)
{
    private const int FirstAccount = 100_000_000;
    private const long FirstPhone = 12062000000;
    private const string MailDomain = "@mail.example";

    private static readonly string[] FirstNames =
    [
        .. "Ada Alan Amara Boris Carla Chen Dalia Diego Elif Emma Farid Fiona Grace Hana Hugo Ines Ivan Jack Jana Kofi".Split(
            ' '
        ),
        .. "Lea Liam Mara Mateo Mina Nadia Noah Olga Omar Pia Quinn Rosa Sam Sofia Tariq Una Vera Wim Yuki Zoe".Split(' '),
    ];
    private static readonly string[] LastNames =
    [
        .. "Abel Adler Baker Bauer Costa Cruz Dahl Diaz Engel Evans Fischer Ford Garcia Gray Haas Hill Ito Jansen".Split(' '),
        .. "Keller King Kowalski Lang Lopez Meyer Moore Novak Ortiz Park Quist Reyes Rossi Sato Silva Tanaka Vogel".Split(' '),
        .. "Weber Wright Yilmaz Young Zhang".Split(' '),
    ];
    private static readonly string[] Streets =
    [
        "Alder St",
        "Bay Rd",
        "Cedar Ave",
        "Dock Ln",
        "Elm St",
        "Fir Ct",
        "Grove Way",
        "Hill Rd",
    ];
    private static readonly string[] Cities = ["Seattle", "Tacoma", "Everett", "Spokane", "Olympia", "Yakima", "Kent", "Renton"];
    private static readonly string[] Plans = ["Start 5", "Start 20", "Family 50", "Unlimited", "Unlimited Plus"];

    public int Count { get; } = count;

    /// <summary>The customer of a number from 0 to <see cref="Count"/> − 1.</summary>
    public Customer At(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        var mixed = Mix((uint)number);
        var first = FirstNames[mixed % FirstNames.Length];
        var last = LastNames[(mixed >> 6) % LastNames.Length];
        return new Customer
        {
            AccountId = (FirstAccount + number).ToString(),
            Name = $"{first} {last}",
            BirthDate = new DateOnly(1940, 1, 1).AddDays((int)(Mix(mixed) % 23_700)),
            Email = $"{first}.{last}.{number}{MailDomain}".ToLowerInvariant(),
            Phone = $"+{FirstPhone + number}",
            Imsi = $"310260{number:000000000}",
            BillingAddress = new Address(
                $"{mixed % 9_900 + 10} {Streets[(mixed >> 12) % Streets.Length]}",
                Cities[(mixed >> 15) % Cities.Length],
                (98_001 + (mixed >> 18) % 900).ToString(),
                "WA"
            ),
            Plan = Plans[(mixed >> 21) % Plans.Length],
            Lines = (int)((mixed >> 24) % 5) + 1,
            Status = mixed % 50 == 0 ? "suspended" : "active",
        };
    }

    public Customer? ByAccount(string accountId) =>
        int.TryParse(accountId, out var number) ? Existing(number - (long)FirstAccount) : null;

    /// <summary>By phone number, with or without plus sign.</summary>
    public Customer? ByPhone(string phone) =>
        long.TryParse(phone.AsSpan().TrimStart('+'), out var number) ? Existing(number - FirstPhone) : null;

    public Customer? ByEmail(string email)
    {
        if (!email.EndsWith(MailDomain, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var local = email[..^MailDomain.Length];
        var found = int.TryParse(local.AsSpan(local.LastIndexOf('.') + 1), out var number) ? Existing(number) : null;
        return found is not null && found.Email.Equals(email, StringComparison.OrdinalIgnoreCase) ? found : null;
    }

    /// <summary>What a customer types at login; a real API would keep a slow hash.</summary>
    public static string PasswordOf(Customer customer) => $"pass-{customer.AccountId}";

    private Customer? Existing(long number) => number >= 0 && number < Count ? At((int)number) : null;

    // The finaliser of MurmurHash3: neighbours share nothing.
    private static uint Mix(uint value)
    {
        value += 0x9E3779B9;
        value = (value ^ (value >> 16)) * 0x85EBCA6B;
        value = (value ^ (value >> 13)) * 0xC2B2AE35;
        return value ^ (value >> 16);
    }
}

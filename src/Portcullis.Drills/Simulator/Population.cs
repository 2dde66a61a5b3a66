using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>The people behind the simulated upstream: every value of every one follows from index and seed, so none needs a table.</summary>
public sealed class Population
{
    private const int Surnames = 8000;

    private static readonly string[] First =
    [
        "Mary",
        "James",
        "Linda",
        "Robert",
        "Susan",
        "David",
        "Karen",
        "Thomas",
        "Nancy",
        "Daniel",
        "Betty",
        "Mark",
        "Helen",
        "Paul",
        "Sandra",
        "Steven",
        "Donna",
        "Kevin",
        "Carol",
        "Brian",
        "Ruth",
        "George",
        "Sharon",
        "Edward",
        "Laura",
        "Ronald",
        "Sarah",
        "Anthony",
        "Jessica",
        "Jason",
        "Amy",
        "Jeffrey",
        "Anna",
        "Ryan",
        "Virginia",
        "Gary",
        "Rebecca",
        "Eric",
        "Diane",
        "Scott",
    ];

    private static readonly string[] Syllables =
    [
        "ka",
        "vor",
        "del",
        "mi",
        "ston",
        "ber",
        "lan",
        "to",
        "ri",
        "har",
        "wen",
        "gra",
        "sel",
        "no",
        "tur",
        "bea",
        "fo",
        "ley",
        "chi",
        "ran",
    ];

    private static readonly string[] Streets = ["Maple", "Oak", "Cedar", "Pine", "Elm", "Walnut", "Chestnut", "Willow"];
    private static readonly string[] Cities = ["Springfield", "Riverside", "Fairview", "Georgetown", "Salem", "Madison"];
    private static readonly string[] Domains = ["post.example.com", "mail.example.net", "inbox.example.org"];
    private static readonly int[] AreaCodes = [206, 253, 360, 425, 509];

    private readonly Dictionary<PersonValue, Dictionary<string, int>> _found = [];
    private readonly ulong _seed;

    public Population(PopulationPlan plan, ulong seed)
    {
        Plan = plan;
        _seed = seed;
    }

    public PopulationPlan Plan { get; }

    public int Count => Plan.People;

    /// <summary>Values that two people can share: they identify nobody alone.</summary>
    public static bool IsShared(PersonValue kind) =>
        kind is PersonValue.BirthDate or PersonValue.City or PersonValue.PostalCode or PersonValue.Plan or PersonValue.Lines;

    /// <summary>First person of the family contract a person belongs to.</summary>
    public int FamilyOf(int person) => person - person % Plan.Family;

    /// <summary>The value of a person, as text.</summary>
    public string Value(int person, PersonValue kind) =>
        kind switch
        {
            PersonValue.Account => (Plan.FirstAccount + Slot(person)).ToString(),
            PersonValue.Phone => "+1" + Msisdn(Slot(person)),
            PersonValue.Msisdn => Msisdn(Slot(person)),
            PersonValue.Email => $"{FirstName(person)}.{Surname(person)}{person % 97}@{Domains[person % 3]}".ToLowerInvariant(),
            PersonValue.Name => $"{FirstName(person)} {Initial(person)}{Surname(person)}",
            PersonValue.BirthDate => BirthDate(person),
            PersonValue.Street => $"{100 + person / 8} {Streets[person % 8]} Street",
            PersonValue.City => Cities[Pick(person, 2, Cities.Length)],
            PersonValue.PostalCode => (98001 + Pick(person, 3, 400)).ToString(),
            PersonValue.Imsi => $"310260{100_000_000 + person}",
            PersonValue.Document => $"PA{10_000_000 + (int)(Draw(0, 9) % 1_000_000) + person}",
            PersonValue.Member => Hex(person, 4),
            PersonValue.Username => $"{FirstName(person)}{Surname(person)}{person % 89}".ToLowerInvariant(),
            PersonValue.Plan => Pick(person, 6, 3) switch
            {
                0 => "Essentials",
                1 => "Magenta",
                _ => "Family",
            },
            PersonValue.Lines => (1 + Pick(person, 7, 5)).ToString(),
            _ => "",
        };

    /// <summary>A well-formed value of that kind that belongs to nobody.</summary>
    public string Missing(int number, PersonValue kind)
    {
        var slot = MissingSlot(number);
        return kind switch
        {
            PersonValue.Account => (Plan.FirstAccount + slot).ToString(),
            PersonValue.Phone => "+1" + Msisdn(slot),
            PersonValue.Msisdn => Msisdn(slot),
            PersonValue.Email => $"{Syllables[number % 20]}{Syllables[number / 20 % 20]}.{number}@{Domains[number % 3]}",
            PersonValue.Member => Hex(number, 5),
            PersonValue.Username => $"{Syllables[number % 20]}{Syllables[number / 20 % 20]}-{number}",
            _ => $"none-{number}",
        };
    }

    /// <summary>The person a value belongs to, or -1.</summary>
    public int Find(PersonValue kind, string value)
    {
        if (!_found.TryGetValue(kind, out var index))
        {
            index = new Dictionary<string, int>(Count);
            for (var person = 0; person < Count; person++)
            {
                index[Value(person, kind)] = person;
            }
            _found.Add(kind, index);
        }
        return index.TryGetValue(value, out var found) ? found : -1;
    }

    // Taken slots and gaps alternate by the density, so that guesses in the taken range miss as often as it says.
    private int Slot(int person) => (int)(person / Plan.Density);

    private int MissingSlot(int number)
    {
        var gaps = Slot(Count) - Count;
        if (gaps < 100)
        {
            return Slot(Count) + 1 + number;
        }
        // The g-th gap is where the slot of some person jumps by more than one.
        var wanted = number % gaps;
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Slot(middle) - middle <= wanted ? (middle, high) : (low, middle - 1);
        }
        return Slot(low) + 1 + wanted - (Slot(low) - low);
    }

    private static string Msisdn(int slot)
    {
        var block = slot / 10_000;
        return $"{AreaCodes[block / 780 % AreaCodes.Length]}{210 + block % 780}{slot % 10_000:0000}";
    }

    private static string FirstName(int person) => First[person % First.Length];

    private static string Surname(int person)
    {
        var number = person / First.Length % Surnames;
        var name = Syllables[number % 20] + Syllables[number / 20 % 20] + Syllables[number / 400 % 20];
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string Initial(int person) =>
        person / First.Length / Surnames is var round and > 0 ? $"{(char)('A' + round % 26)}. " : "";

    private string BirthDate(int person)
    {
        var days = Pick(person, 1, 60 * 365);
        return new DateOnly(1942, 1, 1).AddDays(days).ToString("yyyy-MM-dd");
    }

    private ulong Draw(int person, ulong what) => Xoshiro256.Mix(_seed + (what << 40) + (ulong)(person + 1));

    private int Pick(int person, ulong what, int count) => (int)(Draw(person, what) % (ulong)count);

    private string Hex(int person, ulong what) => $"{Draw(person, what):x16}{(uint)Draw(person, what + 100):x8}";
}

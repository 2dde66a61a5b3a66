using System.Net;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay.Full;

/// <summary>
/// The requests of B03 at its real counts, second by second: every consumer opens the app about once a day, with a new token, and asks three
/// times within a quarter of a minute, now and then about the household's other line; the attacker asks 10.45 times a second, day and night.
/// </summary>
internal sealed class FullTraffic : IDisposable
{
    public const int People = 110_000_000;
    public const int FirstAccount = 300_000_000;
    public const int Consumers = 905_000;
    public const int Days = 41;

    private const int PerSession = 3;
    private const int Ring = 32;
    private const int Networks = 1 << 16;
    private const double OtherLine = 0.05;

    private readonly Xoshiro256 _random;
    private readonly FullToken _tokens;
    private readonly Permutation _order;
    private readonly AttackShape _shape;
    private readonly int _identities;
    private readonly List<FullRequest>[] _due = new List<FullRequest>[Ring];
    private readonly string?[] _attackers;
    private double _sessions;
    private double _guesses;

    public FullTraffic(ulong seed, byte[] secret, AttackShape shape, int identities)
    {
        _random = new Xoshiro256(seed, 0xF011);
        _tokens = new FullToken(secret);
        _order = new Permutation(People, Xoshiro256.Mix(seed ^ 0xA77AC4));
        _shape = shape;
        _identities = identities;
        _attackers = new string?[identities];
        for (var i = 0; i < Ring; i++)
        {
            _due[i] = new List<FullRequest>(256);
        }
    }

    /// <summary>Attack requests sent so far.</summary>
    public int Guessed { get; private set; }

    /// <summary>The account of a consumer; consumers are spread over all people.</summary>
    public static int PersonOf(int consumer) => consumer * (People / Consumers) + 61;

    /// <summary>Adds the requests of one second in order of time.</summary>
    public void Second(int second, List<FullRequest> requests)
    {
        _sessions += (double)Consumers / 86_400 * Diurnal(second);
        for (; _sessions >= 1; _sessions--)
        {
            Open(second);
        }
        var due = _due[second % Ring];
        requests.AddRange(due);
        due.Clear();
        if (_shape.Aim == AttackAim.Records)
        {
            _guesses += 37_000_000.0 / (Days * 86_400);
            for (; _guesses >= 1; _guesses--)
            {
                requests.Add(Guess(second));
            }
        }
    }

    public void Dispose() => _tokens.Dispose();

    private static double Diurnal(int second) => 1 - 0.75 * Math.Cos((second / 3600.0 - 4) * Math.PI / 12);

    private void Open(int second)
    {
        var consumer = _random.Below(Consumers);
        var person = PersonOf(consumer);
        var bearer = _tokens.Bearer("customer", consumer, FirstAccount + person, FirstAccount + person + 1, second);
        var target = TargetOf(person);
        var address = Home((int)(Xoshiro256.Mix((ulong)consumer * 131 + (ulong)(second / 14_400)) & (Networks - 1)));
        for (var i = 0; i < PerSession; i++)
        {
            var at = second + i * 5 + (i == 0 ? 0 : _random.Below(5));
            var other = _random.Chance(OtherLine);
            _due[at % Ring]
                .Add(
                    other
                        ? new FullRequest(at * 1000L, consumer, person + 1, TargetOf(person + 1), bearer, address)
                        : new FullRequest(at * 1000L, consumer, person, target, bearer, address)
                );
        }
    }

    private static string TargetOf(int person) => $"/accounts/{FirstAccount + person}";

    private static IPAddress Home(int network) =>
        new([100, (byte)(64 + (network >> 12)), (byte)(network >> 4), (byte)((network & 15) * 16 + 3)]);

    private FullRequest Guess(int second)
    {
        var person = _order[Guessed % People];
        var identity = Guessed++ % _identities;
        if (_shape.Credential != CredentialKind.None && (_attackers[identity] is null || second % 1800 == 0))
        {
            var role = _shape.Credential == CredentialKind.Customer ? "customer" : "partner";
            _attackers[identity] = _tokens.Bearer(
                role,
                -1 - identity,
                FirstAccount + People + identity,
                FirstAccount + People + identity,
                second
            );
        }
        return new FullRequest(
            second * 1000L,
            -1,
            person,
            TargetOf(person),
            _attackers[identity],
            Home(Guessed / 500 & (Networks - 1))
        );
    }
}

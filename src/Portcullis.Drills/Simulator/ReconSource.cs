using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>The attacker's odd calls in the five days before: unknown paths, wrong methods, variations of an own id, a few foreign ones.</summary>
public sealed class ReconSource : RequestSource
{
    private const int Days = 5;
    private static readonly string[] Odd =
    [
        "/",
        "/robots.txt",
        "/api/v1/users",
        "/admin",
        "/swagger.json",
        "/v2/api-docs",
        "/.env",
        "/graphql",
        "/health",
        "/internal/status",
    ];

    private readonly World _world;
    private readonly AttackShape _shape;
    private readonly OperationShape _operation;
    private readonly Xoshiro256 _random;
    private readonly long _from;
    private int _sent;

    public ReconSource(World world, AttackShape shape)
    {
        _world = world;
        _shape = shape;
        _operation = world.Scenario.Operation(shape.Operation);
        _random = new Xoshiro256(world.Seed, 0x5EC04);
        _from = (world.Scenario.AttackDay - Days) * DayMilliseconds;
        NextAt = shape.Recon == 0 ? long.MaxValue : _from;
    }

    public override void Take(SimulatedRequest request)
    {
        request.Clear();
        request.At = NextAt;
        request.Role = SimulatedRequest.Attacker;
        request.Caller = 0;
        request.IsRecon = true;
        request.Address = _world.Addresses.Loud(0);
        Write(request);
        RequestText.Describe(request, _shape.Credential, int.MaxValue, 0);
        if (_shape.Credential != CredentialKind.None && _sent % 3 != 0)
        {
            request.Headers.Add("Authorization", _world.Mint.Bearer(_world.AttackerIdentity(_shape.Credential, 0), request.At));
        }
        _sent++;
        NextAt =
            _sent == _shape.Recon
                ? long.MaxValue
                : _from + (_sent * Days * DayMilliseconds / _shape.Recon) + _random.Below(600_000);
    }

    private void Write(SimulatedRequest request)
    {
        var host = _shape.Host ?? _operation.Host;
        switch (_sent % 10)
        {
            case 0 or 1 or 2 or 3:
                request.Host = host;
                request.Target = Odd[_random.Below(Odd.Length)];
                return;
            case 4:
                RequestText.Ask(request, _operation, host, "0");
                return;
            case 5:
                RequestText.Ask(request, _operation, host, "x'");
                return;
            case 6:
                RequestText.Ask(request, _operation, host, _world.Population.Missing(_random.Below(1000), _shape.By));
                request.IsGuess = true;
                return;
            case 7:
                RequestText.Ask(request, _operation, host, Own());
                request.Method = "OPTIONS";
                request.Body = [];
                return;
            case 8:
                RequestText.Ask(request, _operation, host, Own());
                return;
            default:
                request.Asked = _random.Below(_world.Population.Count);
                request.IsGuess = true;
                RequestText.Ask(request, _operation, host, _world.Population.Value(request.Asked, _shape.By));
                return;
        }
    }

    private string Own() => _world.Population.Value(_world.AttackerIdentity(CredentialKind.Customer, 0).Number, _shape.By);
}

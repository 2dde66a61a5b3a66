using System.Net;
using Portcullis.Core.Traffic;

namespace Portcullis.Drills.Simulator;

/// <summary>One request as a client would send it, and beside it what only the simulator knows. Reused from request to request.</summary>
public sealed class SimulatedRequest
{
    /// <summary>Role number of the attacker's requests.</summary>
    public const int Attacker = -1;

    /// <summary>Milliseconds since the run began.</summary>
    public long At { get; set; }

    public string Method { get; set; } = "GET";

    public string Host { get; set; } = "";

    public string Target { get; set; } = "/";

    public HeaderList Headers { get; } = new();

    public byte[] Body { get; set; } = [];

    public IPAddress Address { get; set; } = IPAddress.None;

    // ---- known to the simulator alone ----

    /// <summary>Index of the role, or <see cref="Attacker"/>.</summary>
    public int Role { get; set; }

    /// <summary>Which caller of the role.</summary>
    public int Caller { get; set; }

    /// <summary>True for the attacker's odd calls before the main phase.</summary>
    public bool IsRecon { get; set; }

    /// <summary>The person asked for; -1 when the value belongs to nobody or no person is asked for.</summary>
    public int Asked { get; set; } = -1;

    /// <summary>True when a person's value was guessed, whether or not it belongs to somebody.</summary>
    public bool IsGuess { get; set; }

    public bool IsAttack => Role == Attacker;

    public void Clear()
    {
        Method = "GET";
        Host = "";
        Target = "/";
        Headers.Clear();
        Body = [];
        Asked = -1;
        IsGuess = false;
        IsRecon = false;
    }
}

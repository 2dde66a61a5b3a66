using Portcullis.Core;
using Portcullis.Core.Policy;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Traffic;

namespace Portcullis.Gateway;

/// <summary>Where a gateway's policy comes from: a file, environment and flags, read again whenever a file changes.</summary>
internal sealed class PolicySources(string? file, IReadOnlyList<PolicySetting> settings, TextWriter output)
{
    private readonly ContractMemory _contracts = new();
    private PolicySnapshot? _current;
    private GatewayOptions? _started;

    /// <summary>Files a change of which calls for loading again.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    /// <summary>Where people read what happens.</summary>
    public TextWriter Output { get; } = TextWriter.Synchronized(output);

    /// <summary>The latest sound policy.</summary>
    public PolicySnapshot Current => _current ?? throw new InvalidOperationException("The policy was not compiled yet.");

    /// <summary>Reads everything once, without keeping its operations: for what is fixed before there is a gate.</summary>
    /// <exception cref="CommandFailure">The policy is wrong; every error is in the message.</exception>
    public GatewayOptions Read()
    {
        _contracts.IsKept = true;
        return _started = Sound(Load(new OperationRegistry())).Options!;
    }

    /// <summary>Compiles the policy against the operations of a restored gate.</summary>
    /// <exception cref="CommandFailure">The policy is wrong.</exception>
    public void Compile(GateState state)
    {
        _current = Sound(Load(state.Operations)).Snapshot!;
        _contracts.IsKept = false;
    }

    /// <summary>Reads the changed policy and puts it in force; returns what is wrong, and then nothing changed.</summary>
    /// <param name="state">The gate that runs.</param>
    /// <param name="use">Puts it in force.</param>
    public IReadOnlyList<PolicyError> Reload(GateState state, Action<GateState, PolicySnapshot> use)
    {
        var loaded = Load(state.Operations);
        if (!loaded.IsSound)
        {
            // What is wrong may stand in a file that the policy in force knows nothing of.
            Files = [.. Files.Union(loaded.Files, StringComparer.Ordinal)];
            return loaded.Errors;
        }
        Files = loaded.Files;
        _current = loaded.Snapshot;
        use(state, loaded.Snapshot);
        if (_started is not null && RestartOnly.Changed(_started, loaded.Options) is { Length: > 0 } changed)
        {
            Say($"NOT CHANGED: {string.Join(", ", changed)}: fixed while the gateway runs; restart it to use the new value.");
        }
        return [];
    }

    /// <summary>The full path of a file that the policy names: relative ones start beside the policy.</summary>
    public string? Beside(string? path) =>
        path is null
            ? null
            : Path.GetFullPath(
                path,
                file is null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(file))!
            );

    public void Say(string line) => Output.WriteLine(line);

    private LoadedPolicy Load(OperationRegistry operations) => new PolicyLoader(_contracts.Read).Load(file, settings, operations);

    private LoadedPolicy Sound(LoadedPolicy loaded)
    {
        Files = loaded.Files;
        return loaded.IsSound
            ? loaded
            : throw CommandFailure.BadInput(
                $"the policy cannot be used:\n{string.Join('\n', loaded.Errors.Select(error => "  " + error))}"
            );
    }
}

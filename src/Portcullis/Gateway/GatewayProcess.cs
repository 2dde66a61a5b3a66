using System.Collections.Frozen;
using Microsoft.Extensions.Logging.Console;
using Portcullis.Analysis.Inventory;
using Portcullis.Api;
using Portcullis.Core;
using Portcullis.Core.Identity.Keys;
using Portcullis.Core.Policy;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;
using Portcullis.Storage;
using Portcullis.Storage.Journal;

namespace Portcullis.Gateway;

/// <summary>
/// One running gateway, put together in the only order that loses nothing: read the policy, lock and restore the data folder, compile the
/// policy against the restored operations, open the gate, listen, tail the journal, watch the policy's files.
/// </summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PolicySources _sources;
    private readonly EmbeddedStorage _storage;
    private readonly Task _watching;
    private readonly Task _learning;
    private readonly Task _sweeping;

    private GatewayProcess(PolicySources sources, EmbeddedStorage storage, GateState state, GatewayHost host, string data)
    {
        DataFolder = data;
        _sources = sources;
        _storage = storage;
        State = state;
        Host = host;
        var reload = new PolicyReload(Reload, () => _sources.Files, sources.Say);
        _watching = reload.WatchAsync(TimeProvider.System, _stop.Token);
        _learning = new LearningLog(state.Operations, storage.Ledger, sources.Output, TimeProvider.System).RunAsync(_stop.Token);
        _sweeping = SweepAsync(state, storage.Journal, _stop.Token);
    }

    public GatewayHost Host { get; }

    public GateState State { get; }

    /// <summary>Folder of journal, state, history and admin token.</summary>
    public string DataFolder { get; }

    /// <summary>Starts a gateway.</summary>
    /// <param name="policyFile">The policy; null when the settings say everything.</param>
    /// <param name="settings">Environment and flags.</param>
    /// <param name="output">Where people read what happens.</param>
    /// <param name="time">The gate's clock; the system's unless a drill sets its own.</param>
    /// <param name="repair">True to open a damaged journal without what cannot be read.</param>
    /// <exception cref="CommandFailure">The policy is wrong, the data folder cannot be used, or an address is taken.</exception>
    public static async Task<GatewayProcess> StartAsync(
        string? policyFile,
        IReadOnlyList<PolicySetting> settings,
        TextWriter output,
        TimeProvider? time = null,
        bool repair = false
    )
    {
        time ??= TimeProvider.System;
        var sources = new PolicySources(policyFile, settings, output);
        // A first look only for what is fixed for the life of the process: addresses and folders.
        var options = sources.Read();
        var findings = NewFindings();
        var storage = OpenStorage(options, repair, sources.Say);
        try
        {
            var state = new GateState(NothingServed(), storage.Keys, storage.Journal, storage.NewClock(time), findings);
            storage.Restore(state);
            state.Identity.ApiKeys = new ApiKeyStore(Path.Combine(options.Data, "keys.json"), storage.Keys, time);
            sources.Compile(state);
            storage.RestoreBudgets(state, sources.Current);
            if (state.Callers.Count >= CrowdMemory.Crowd)
            {
                CrowdMemory.GiveBack();
            }
            state.Use(sources.Current);
            storage.Start();
            var token = AdminToken.Open(options.Data);
            var host = await GatewayHost.StartAsync(
                Bound(options, sources),
                state,
                (admin, _) =>
                    AdminApi.Map(
                        admin,
                        new AdminServices(state, storage.Ledger, token) { JournalFailures = () => findings.JournalFailures }
                    )
            );
            return new GatewayProcess(sources, storage, state, host, options.Data);
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the policy's files again at once; returns what is wrong, and then nothing changed.</summary>
    public IReadOnlyList<PolicyError> Reload() => _sources.Reload(State, _storage.Use);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_watching, _learning, _sweeping);
        await Host.DisposeAsync();
        await _storage.DisposeAsync();
        _stop.Dispose();
    }

    private static async Task SweepAsync(GateState state, FileJournal journal, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        var crowd = new CrowdMemory();
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                state.Sweep();
                if (crowd.HasLeft(state.Callers.Count, journal.LastSequence, GC.GetGCMemoryInfo().TotalCommittedBytes))
                {
                    CrowdMemory.GiveBack();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    private static LoggedFindings NewFindings() =>
        new(
            LoggerFactory
                .Create(log =>
                {
                    log.AddSimpleConsole(console => console.SingleLine = true);
                    log.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
                })
                .CreateLogger<LoggedFindings>(),
            TimeProvider.System
        );

    private static EmbeddedStorage OpenStorage(GatewayOptions options, bool repair, Action<string> say)
    {
        try
        {
            return EmbeddedStorage.Open(
                new StorageOptions
                {
                    Folder = options.Data,
                    Keys = LedgerKey(options.LedgerKey),
                    Durability = options.Durability == DurabilityWord.Power ? Durability.Power : Durability.Process,
                    SegmentSize = options.Journal.Segment,
                    JournalSize = options.Journal.Total,
                    Repair = repair,
                    Note = say,
                    LedgerRetention = options.Retention < TimeSpan.FromDays(31) ? TimeSpan.FromDays(31) : options.Retention,
                    HistoryRetention = options.Retention,
                    EmptyExchangesKept = options.EmptyExchanges,
                    StoreFailed = (store, fault) =>
                        say($"{store} cannot be written ({fault.Message}); it is tried again, and the journal keeps everything."),
                }
            );
        }
        catch (Exception fault) when (fault is DataFolderException or JournalDamagedException or InvalidDataException)
        {
            throw CommandFailure.Unreachable(fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Unreachable(
                $"the data folder {options.Data} cannot be used: {fault.Message.TrimEnd('.')}. Give another one with --data."
            );
        }
    }

    private static Storage.Keys.LedgerKeyOptions? LedgerKey(Core.Policy.Options.LedgerKeyOptions written)
    {
        var usual = Environment.GetEnvironmentVariable(Storage.Keys.LedgerKeyOptions.EnvironmentVariable);
        var text = written.Environment is { } name
            ? Environment.GetEnvironmentVariable(name)
                ?? throw CommandFailure.BadInput($"`ledgerKey.environment` names {name}, which is not set.")
            : usual;
        return text is null && written.File is null && written.Command is null
            ? null
            : new Storage.Keys.LedgerKeyOptions
            {
                Command = written.Command,
                File = written.File,
                Text = text,
            };
    }

    private static GatewaySettings Bound(GatewayOptions options, PolicySources sources) =>
        new()
        {
            Listen = [.. options.Listen.Select(address => ListenAddress.Of(address)!)],
            Admin = ListenAddress.Of(options.Admin)!,
            CertificateFile = sources.Beside(options.Tls.Certificate),
            KeyFile = sources.Beside(options.Tls.Key),
            Say = sources.Say,
        };

    private static PolicySnapshot NothingServed() => new() { UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty };
}

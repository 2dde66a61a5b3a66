using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>A killed process loses nothing that it had acknowledged.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private const int PeoplePerCaller = 1000;
    private const int Most = 20_000;
    private const string FolderVariable = "PORTCULLIS_TEST_KILL_FOLDER";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_acknowledged_release_is_in_the_ledger_after_each_kill()
    {
        var acknowledged = 0;
        for (var round = 0; round < 3; round++)
        {
            acknowledged = Math.Max(acknowledged, RunAndKill(after: 400 + (round * 377)));
        }
        Assert.True(acknowledged > 1000, $"only {acknowledged} were acknowledged");

        using var gate = new StoredGate(_folder["data"], new FakeTimeProvider(StoredGate.Start), room: 10_000);
        await gate.Storage.Ledger.CatchUpAsync(gate.Storage.Journal.LastSequence, TestContext.Current.CancellationToken);
        var seen = await gate.Storage.Ledger.ExposureAsync(gate.Caller(NameOf(0)), TestContext.Current.CancellationToken);

        // Every round releases the same people in the same order, so the longest round says how many there are.
        Assert.Equal(PeoplePerCaller, seen!.Caller.People);
        Assert.All(Enumerable.Range(0, acknowledged), number => Assert.True(IsUsed(gate, number)));
    }

    /// <summary>The child: releases one subject after another and says so after each commit. Runs only when the parent asks.</summary>
    [Fact(Explicit = true)]
    public void Child_releases_until_killed()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
        {
            return;
        }
        using var gate = new StoredGate(folder, new FakeTimeProvider(StoredGate.Start), room: 10_000);
        using var said = new FileStream(folder + ".said", FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        for (var number = 0; number < Most; number++)
        {
            var exchange = gate.Ask(NameOf(number), gate.B, number);
            Assert.True(exchange.Sequence > 0);
            said.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}\n")));
        }
        using var never = new ManualResetEventSlim();
        never.Wait(TestContext.Current.CancellationToken);
    }

    private static string NameOf(int number) => $"reader {number / PeoplePerCaller}";

    private static bool IsUsed(StoredGate gate, int number) =>
        gate.State.Inspect(_ =>
            gate.State.Callers.TryGet(gate.Caller(NameOf(number)), out var row)
            && row.Exposure!.Find("*")!.Contains(gate.Subject(number), 0)
        );

    private int RunAndKill(int after)
    {
        var said = _folder["data"] + ".said";
        File.Delete(said);
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledProcessTests).Assembly.Location);
        }
        start.ArgumentList.Add("-explicit");
        start.ArgumentList.Add("only");
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(KilledProcessTests).FullName}.{nameof(Child_releases_until_killed)}");
        start.Environment[FolderVariable] = _folder["data"];
        using var child = Process.Start(start)!;
        child.OutputDataReceived += static (_, _) => { };
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        while (Lines(said) < after && !child.HasExited)
        {
            Thread.Yield();
        }
        child.Kill();
        child.WaitForExit();
        return Lines(said);
    }

    private static int Lines(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Count(c => c == '\n');
    }
}

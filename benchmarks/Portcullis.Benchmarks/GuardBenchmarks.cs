using BenchmarkDotNet.Attributes;
using Portcullis.Core;
using Portcullis.TestKit.Load;

namespace Portcullis.Benchmarks;

/// <summary>
/// Where the time of an exchange goes: each row runs the guards of the list up to and including the one named, in all their phases, so a
/// guard's share is its row less the row above. The last row is the whole exchange; its share is the commit.
/// </summary>
[MemoryDiagnoser]
public class GuardBenchmarks
{
    private GateRun _run = null!;
    private int _guards;

    [Params("record", "page")]
    public string Answer { get; set; } = "";

    [ParamsSource(nameof(Steps))]
    public string Until { get; set; } = "";

    public static IEnumerable<string> Steps => Rows();

    [GlobalSetup]
    public void Open()
    {
        _run = new GateRun(GateCase.Named(Answer), TimeProvider.System);
        _guards = Rows().IndexOf(Until) + 1;
    }

    [GlobalCleanup]
    public void Close() => _run.Dispose();

    [Benchmark]
    public void Exchange()
    {
        if (_guards > _run.Gate.Guards.Count)
        {
            _run.Once();
        }
        else
        {
            _run.Until(_guards);
        }
    }

    // Numbered, because reports sort by name.
    private static List<string> Rows()
    {
        using var run = new GateRun(GateCase.All[0], TimeProvider.System);
        return [.. run.Gate.Guards.Select(guard => guard.Id).Append("commit").Select((id, i) => $"{i + 1:00} {id}")];
    }
}

using BenchmarkDotNet.Attributes;
using Portcullis.TestKit.Load;

namespace Portcullis.Benchmarks;

/// <summary>What one exchange costs in the gate, through all phases and the commit.</summary>
[MemoryDiagnoser]
public class ExchangeBenchmarks
{
    private GateRun _run = null!;

    [ParamsSource(nameof(Cases))]
    public GateCase Case { get; set; } = null!;

    public static IEnumerable<GateCase> Cases => GateCase.All;

    [GlobalSetup]
    public void Open() => _run = new GateRun(Case, TimeProvider.System);

    [GlobalCleanup]
    public void Close() => _run.Dispose();

    [Benchmark]
    public void Exchange() => _run.Once();
}

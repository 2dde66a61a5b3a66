using System.Globalization;
using BenchmarkDotNet.Running;
using Portcullis.Benchmarks;

if (args is ["storage", .. var rest])
{
    StorageMeasure.Run(rest is [var exposures] ? int.Parse(exposures, CultureInfo.InvariantCulture) : 10_000_000);
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(ExchangeBenchmarks).Assembly).Run(args);

using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Portcullis.Benchmarks.ExchangeBenchmarks).Assembly).Run(args);

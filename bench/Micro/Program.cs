using BenchmarkDotNet.Running;
using Roundtable.Bench.Micro;

BenchmarkSwitcher.FromAssembly(typeof(MicroConfig).Assembly).Run(args, new MicroConfig());

using BenchmarkDotNet.Running;
using PelNas.Bench;
using PelNas.Bench.Storage;

if (args is ["cost"])
{
    await SearchCost.MeasureAsync(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ParetoBenchmarks).Assembly).Run(args);

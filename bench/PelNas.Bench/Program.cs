using BenchmarkDotNet.Running;
using PelNas.Bench;
using PelNas.Bench.Load;

if (args is ["load", string scenario])
{
    return await LoadScenarios.RunAsync(scenario);
}

BenchmarkSwitcher.FromAssembly(typeof(ParetoBenchmarks).Assembly).Run(args);
return 0;

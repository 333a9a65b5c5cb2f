using BenchmarkDotNet.Running;
using PelNas.Bench;
using PelNas.Bench.Load;
using PelNas.Bench.Storage;

switch (args)
{
    case ["load", string scenario]:
        return await LoadScenarios.RunAsync(scenario);
    case ["cost"]:
        await SearchCost.MeasureAsync(Console.Out);
        return 0;
    default:
        break;
}

BenchmarkSwitcher.FromAssembly(typeof(ParetoBenchmarks).Assembly).Run(args);
return 0;

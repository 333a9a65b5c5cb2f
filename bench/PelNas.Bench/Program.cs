using BenchmarkDotNet.Running;
using PelNas.Bench;
using PelNas.Bench.Load;
using PelNas.Bench.Prediction;
using PelNas.Bench.Storage;

switch (args)
{
    case ["load", string scenario]:
        return await LoadScenarios.RunAsync(scenario);
    case ["cost"]:
        await SearchCost.MeasureAsync(Console.Out);
        return 0;
    case ["proxies" or "proxies-in-a-row"]:
        ProxyCost.Run(args[0]);
        return 0;
    case ["predictor-comparison"]:
        PredictorComparison.Run(Console.Out);
        return 0;
    case ["predictor-few-labels"]:
        FewLabels.Run(Console.Out);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ParetoBenchmarks).Assembly).Run(args);
        return 0;
}

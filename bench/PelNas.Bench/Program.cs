using System.Globalization;
using BenchmarkDotNet.Running;
using PelNas.Bench;
using PelNas.Bench.Devices;
using PelNas.Bench.Load;
using PelNas.Bench.Prediction;
using PelNas.Bench.Priors;
using PelNas.Bench.Storage;
using PelNas.Bench.ZeroCost;
using PelNas.Shared.Devices;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Proxies;

switch (args)
{
    case ["load", string scenario]:
        return await LoadScenarios.RunAsync(scenario);
    case ["cost"]:
        await SearchCost.MeasureAsync(Console.Out);
        return 0;
    case ["proxies", .. string[] names] when names.All(ZeroCostProxies.Names.Contains):
        ProxyCost.Run(names);
        return 0;
    case ["proxies-in-a-row", .. string[] numbers] when Array.ConvertAll(numbers, int.Parse) is [int channels, int cells, int batch, int count]:
        ProxiesInARow.Run(Console.Out, channels, cells, batch, count);
        return 0;
    case ["zero-cost-correlations", string count]:
        ZeroCostCorrelations.Run(Console.Out, int.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["predictor-comparison"]:
        PredictorComparison.Run(Console.Out);
        return 0;
    case ["predictor-few-labels"]:
        FewLabels.Run(Console.Out);
        return 0;
    case ["few-measurements", string draws]:
        FewMeasurements.Run(Console.Out, int.Parse(draws, CultureInfo.InvariantCulture));
        return 0;
    case ["few-measurements-search", string device, string seeds]:
        await SearchOnFewMeasurements.RunAsync(Console.Out, device, seeds);
        return 0;
    case ["measurement-spread"]:
        Console.Out.WriteLine(string.Join(", ", MeasurementChoice.Spread(BenchmarkTables.OpenDefault().Space, MeasurementChoice.MaxCount)));
        return 0;
    case ["priors", string file, string seeds, string labels, string output]:
        await PriorComparison.RunAsync(file, seeds, labels, output);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ParetoBenchmarks).Assembly).Run(args);
        return 0;
}

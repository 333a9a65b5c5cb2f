using System.Globalization;
using BenchmarkDotNet.Running;
using PelNas.Bench;
using PelNas.Bench.Devices;
using PelNas.Bench.Load;
using PelNas.Bench.Prediction;
using PelNas.Bench.Priors;
using PelNas.Bench.Scale;
using PelNas.Bench.Storage;
using PelNas.Bench.Surrogates;
using PelNas.Bench.Systems;
using PelNas.Bench.Training;
using PelNas.Bench.ZeroCost;
using PelNas.Shared.Devices;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Proxies;

switch (args)
{
    case ["load", "searches-at-once"]:
        await SearchesAtOnce.RunAsync();
        return 0;
    case ["load", "memory"]:
        await MemoryOverManySearches.RunAsync();
        return 0;
    case ["load", "list-latency"]:
        await ListLatency.RunAsync();
        return 0;
    case ["load", "page"]:
        await PageLoad.RunAsync();
        return 0;
    case ["cost"]:
        await SearchCost.MeasureAsync(Console.Out);
        return 0;
    case ["proxies", .. string[] names] when names.All(ZeroCostProxies.Names.Contains):
        ProxyCost.Run(names);
        return 0;
    case ["proxies-in-a-row", .. string[] numbers]
        when Array.ConvertAll(numbers, int.Parse) is [int channels, int cells, int batch, int count]:
        ProxiesInARow.Run(Console.Out, channels, cells, batch, count);
        return 0;
    case ["zero-cost-correlations", string count]:
        ZeroCostCorrelations.Run(Console.Out, int.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["function-rule"]:
        FunctionRule.Run(Console.Out);
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
    case ["system-checks", string first, string last]:
        int from = int.Parse(first, CultureInfo.InvariantCulture);
        await SystemChecks.RunAsync(Console.Out, [.. Enumerable.Range(from, int.Parse(last, CultureInfo.InvariantCulture) - from + 1)]);
        return 0;
    case ["priors", string file, string contexts, string seeds, string labels, string strategies, string output]:
        await PriorComparison.RunAsync(file, contexts, seeds, labels, strategies, output);
        return 0;
    case ["scale", string requests, string ofRuns, string cpuSeconds]:
        await ScaleRun.RunAsync(
            Console.Out, int.Parse(requests, CultureInfo.InvariantCulture), int.Parse(ofRuns, CultureInfo.InvariantCulture),
            double.Parse(cpuSeconds, CultureInfo.InvariantCulture));
        return 0;
    case ["measured-twice"]:
        MeasuredTwice.Run(Console.Out);
        return 0;
    case ["trainings-in-a-row", string folder, .. string[] numbers] when Array.ConvertAll(numbers, int.Parse) is [int count, int maxImages]:
        TrainingsInARow.Run(Console.Out, folder, count, maxImages);
        return 0;
    case ["accel-surrogates", string file]:
        SurrogateFits.Run(Console.Out, file);
        return 0;
    case ["accel-fronts", string file]:
        BestFronts.Run(Console.Out, file);
        return 0;
    case ["trained-labels", string images, .. string[] numbers]
        when Array.ConvertAll(numbers, int.Parse) is [int count, int maxImages, int epochs]:
        TrainedLabels.Run(Console.Out, images, count, maxImages, epochs);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ParetoBenchmarks).Assembly).Run(args);
        return 0;
}

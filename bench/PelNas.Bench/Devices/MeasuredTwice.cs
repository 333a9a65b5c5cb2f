using System.Globalization;
using MathNet.Numerics.Statistics;
using PelNas.Shared.Devices;
using PelNas.Shared.Devices.Measuring;
using PelNas.Shared.Export;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Bench.Devices;

/// <summary>
/// <c>measured-twice</c>: how well two measurements of this machine agree, each as <c>pelnas devices measure</c> makes it.
/// </summary>
internal static class MeasuredTwice
{
    private const int Cells = 40;
    private const int Rounds = 15;

    public static void Run(TextWriter output)
    {
        IReadOnlyList<int> cells = MeasurementChoice.Begin(Cells);
        IReadOnlyList<MeasuredCell>[] runs = [Measure(cells), Measure(cells)];
        double[][] latencies = [.. runs.Select(run => run.Select(cell => cell.LatencyMs!.Value).ToArray())];
        double[] differences = [.. latencies[0].Zip(latencies[1], (first, second) => Math.Abs(second - first) / first)];
        output.WriteLine(OnnxTimer.Machine);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{OnnxTimer.Runtime}, {Cells} cells, medians of {Rounds} rounds, one thread: {latencies[0].Min():0.00} to "
                + $"{latencies[0].Max():0.00} ms"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"rank correlation of the medians {Correlation.Spearman(latencies[0], latencies[1]):0.0000}, median difference "
                + $"{differences.Median():0.0 %}, greatest {differences.Max():0.0 %}"));
    }

    private static IReadOnlyList<MeasuredCell> Measure(IReadOnlyList<int> cells) => InterleavedTiming.Measure(
        cells,
        Rounds,
        cell => new OnnxTimer(
            OnnxNetwork.Write(new ExportedCell(cell, NetworkShape.Benchmark("cifar10"))), threads: 1, TimeProvider.System),
        new TimingLog(null),
        progress: null,
        CancellationToken.None);
}

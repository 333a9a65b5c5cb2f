using System.Globalization;
using PelNas.Shared.Common;
using PelNas.Shared.Devices;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Devices;

/// <summary>36 cells of a microcontroller, measured by others: fitted to 12 of them, the other 24 are ranked.</summary>
internal static class MicroController
{
    private const int Fitted = 12;

    public static void Run(TextWriter output, BenchmarkTables tables, int draws)
    {
        double[] truth = new double[tables.Space.Size];
        Array.Fill(truth, double.NaN);
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "nats-mcu-nrf5340-sample.csv")).Skip(1))
        {
            string[] fields = line.Split(',');
            truth[int.Parse(fields[0], CultureInfo.InvariantCulture)] = double.Parse(fields[2], CultureInfo.InvariantCulture);
        }

        LatencyEstimator estimator = new(tables);
        int[] measured = [.. Enumerable.Range(0, truth.Length).Where(cell => double.IsFinite(truth[cell]))];
        double model = 0;
        double regression = 0;
        double flops = 0;
        for (int draw = 1; draw <= draws; draw++)
        {
            int[] cells = [.. measured];
            SeededRandom.For(draw, "microcontroller").Shuffle(cells);
            (int[] fitted, int[] others) = (cells[..Fitted], cells[Fitted..]);
            model += FewMeasurements.Rank(truth, estimator.Estimate(FewMeasurements.Measured(truth, fitted)).LatencyMs, others) / draws;
            regression += FewMeasurements.Rank(truth, FewMeasurements.PerOperation(tables.Space, truth, fitted), others) / draws;
            flops += FewMeasurements.Rank(
                truth, [.. Enumerable.Range(0, truth.Length).Select(cell => tables.Space.FlopsM(cell))], others) / draws;
        }

        output.WriteLine("## nRF5340 microcontroller\n");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{measured.Length} measured cells, fitted to {Fitted}, the other {measured.Length - Fitted} ranked, mean of {draws} draws: "
                + $"model {model:.000}, per-operation regression {regression:.000}, FLOPs {flops:.000}."));
    }
}

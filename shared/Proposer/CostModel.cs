using MathNet.Numerics.LinearRegression;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Proposer;

/// <summary>
/// What a device charges for each operation, fitted to the latencies that the search knows: linear in the counts of operations. In a space
/// of other decisions: what each choice adds to the first choice of its decision.
/// </summary>
/// <param name="FixedMs">Latency of the network around the cells, ms.</param>
/// <param name="OperationMs">What an edge adds by its operation, ms.</param>
/// <param name="DeadEdges">Whether edges on no live path cost as well, as they do on simulated devices.</param>
/// <param name="Error">Root mean square of what the model misses, ms.</param>
internal sealed record CostModel(double FixedMs, IReadOnlyDictionary<string, double> OperationMs, bool DeadEdges, double Error)
{
    /// <summary>
    /// Fits the model by least squares to every cell with a live path that the device can run, with and without dead edges, and returns the
    /// better one.
    /// </summary>
    public static CostModel Fit(BenchmarkContext context)
    {
        ISearchSpace space = context.Space;
        CellTraits traits = CellTraits.For(space);
        if (!space.IsOfCells)
        {
            return FitChoices(context, traits);
        }

        string[] operations = [.. space.Operations.Where(operation => traits.Find(operation) is not null)];
        int[] cells = [.. Enumerable.Range(0, space.Size).Where(cell => space.IsConnected(cell) && context.IsFeasible(cell))];
        double[] latencies = Array.ConvertAll(cells, cell => context.LatencyMs[cell]);
        double[][] ofLiveEdges = Array.ConvertAll(
            cells, cell => Array.ConvertAll(operations, operation => (double)traits.Of(cell, operation)));
        double[][] ofAllEdges = Array.ConvertAll(cells, cell => Counts(space, cell, operations));
        CostModel live = Fit(operations, ofLiveEdges, latencies, deadEdges: false);
        CostModel all = Fit(operations, ofAllEdges, latencies, deadEdges: true);
        return all.Error < live.Error ? all : live;
    }

    private static CostModel FitChoices(BenchmarkContext context, CellTraits traits)
    {
        ISearchSpace space = context.Space;
        int[] feasible = [.. Enumerable.Range(0, space.SampleSize).Where(context.IsFeasible)];

        // Without what no architecture or every one chooses, of which nothing can be learned.
        string[] choices =
        [
            .. space.DecisionNames.SelectMany((decision, place) => space.ChoicesOf(place).Skip(1).Select(choice => $"{choice}@{decision}"))
                .Where(choice => feasible.Select(index => traits.Of(index, choice)).Distinct().Count() > 1),
        ];
        double[] latencies = Array.ConvertAll(feasible, index => context.LatencyMs[index]);
        double[][] rows = Array.ConvertAll(feasible, index => Array.ConvertAll(choices, choice => (double)traits.Of(index, choice)));

        // A table may have fewer rows than choices.
        return rows.Length > 2 * choices.Length && choices.Length > 0
            ? Fit(choices, rows, latencies, deadEdges: false)
            : new CostModel(latencies.Average(), new Dictionary<string, double>(),
                DeadEdges: false, MathNet.Numerics.Statistics.ArrayStatistics.PopulationStandardDeviation(latencies));
    }

    private static CostModel Fit(string[] operations, double[][] counts, double[] latencies, bool deadEdges)
    {
        double[] fitted = MultipleRegression.QR(counts, latencies, intercept: true);
        double squares = counts
            .Zip(latencies, (row, latency) => latency - fitted[0] - row.Zip(fitted.Skip(1), (count, cost) => count * cost).Sum())
            .Sum(miss => miss * miss);
        return new CostModel(
            fitted[0],
            operations.Index().ToDictionary(operation => operation.Item, operation => fitted[operation.Index + 1]),
            deadEdges,
            Math.Sqrt(squares / latencies.Length));
    }

    private static double[] Counts(ISearchSpace space, int cell, string[] operations)
    {
        double[] counts = new double[operations.Length];
        foreach (byte operation in space.Genotype(cell))
        {
            int place = Array.IndexOf(operations, space.Operations[operation]);
            if (place >= 0)
            {
                counts[place]++;
            }
        }

        return counts;
    }
}

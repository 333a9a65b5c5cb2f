using MathNet.Numerics.Statistics;

namespace PelNas.Shared.Comparison;

/// <summary>The runs at one budget as a full table: every strategy with every context and seed, in the same order.</summary>
internal sealed class RunTable
{
    private readonly Dictionary<(string Strategy, string Context), BenchmarkRow[]> _rows;

    private RunTable(BenchmarkPlan plan, int budget, Dictionary<(string Strategy, string Context), BenchmarkRow[]> rows)
    {
        Budget = budget;
        Strategies = [.. plan.Strategies.Select(strategy => strategy.Name)];
        Contexts = [.. plan.Contexts.Select(context => context.Name)];
        _rows = rows;
    }

    public int Budget { get; }

    public IReadOnlyList<string> Strategies { get; }

    public IReadOnlyList<string> Contexts { get; }

    /// <exception cref="InvalidOperationException">A row is missing.</exception>
    public static RunTable Of(BenchmarkPlan plan, BenchmarkLog log, int budget)
    {
        Dictionary<(string Strategy, string Context), BenchmarkRow[]> rows = [];
        foreach (string strategy in plan.Strategies.Select(strategy => strategy.Name))
        {
            foreach (string context in plan.Contexts.Select(context => context.Name))
            {
                rows[(strategy, context)] =
                [
                    .. plan.Seeds.Select(seed => log.Find(new BenchmarkKey(strategy, context, plan.LabelsFrom, seed, budget))
                        ?? throw new InvalidOperationException(
                            $"There is no run of {strategy} on {context} with seed {seed} and {budget} labels.")),
                ];
            }
        }

        return new RunTable(plan, budget, rows);
    }

    /// <summary>Rows of a strategy in one context, by seed.</summary>
    public BenchmarkRow[] Rows(string strategy, string context) => _rows[(strategy, context)];

    /// <summary>Rows of a strategy, by context, then seed.</summary>
    public IEnumerable<BenchmarkRow> Rows(string strategy) => Contexts.SelectMany(context => Rows(strategy, context));

    /// <summary>For each seed the mean over the contexts.</summary>
    public double[] SeedMeans(string strategy, Metric metric)
    {
        double[][] byContext = [.. Contexts.Select(context => Rows(strategy, context).Select(row => metric.Of(row.Quality)).ToArray())];
        return [.. Enumerable.Range(0, byContext[0].Length).Select(seed => byContext.Average(values => values[seed]))];
    }

    /// <summary>First less second, over all pairs of the same context and seed.</summary>
    public IEnumerable<double> Differences(string first, string second, Metric metric)
        => Rows(first).Zip(Rows(second), (left, right) => metric.Of(left.Quality) - metric.Of(right.Quality));

    /// <summary>Mean rank of a strategy among all of the same context and seed.</summary>
    public double MeanRank(string strategy, Metric metric)
    {
        int own = Strategies.TakeWhile(other => other != strategy).Count();
        double[][] losses = [.. Strategies.Select(other => Rows(other).Select(row => metric.Loss(row.Quality)).ToArray())];
        return Enumerable.Range(0, losses[0].Length)
            .Average(run => losses.Select(values => values[run]).Ranks(RankDefinition.Average)[own]);
    }
}

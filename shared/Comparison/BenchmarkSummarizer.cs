using PelNas.Shared.Comparison.Statistics;
using PelNas.Shared.Strategies;

namespace PelNas.Shared.Comparison;

/// <summary>Makes the summary of a finished benchmark. The same tables give the same summary.</summary>
public static class BenchmarkSummarizer
{
    /// <summary>Summarises the runs of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="log">The tables, with all rows of the plan.</param>
    /// <param name="madeAt">Time to put on the summary.</param>
    /// <exception cref="InvalidOperationException">A row is missing.</exception>
    public static BenchmarkSummary Summarize(BenchmarkPlan plan, BenchmarkLog log, DateTimeOffset madeAt)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(log);
        string[] names = [.. plan.Strategies.Select(strategy => strategy.Name)];
        string reference = names.Contains(StrategyCatalog.PelNas) ? StrategyCatalog.PelNas : names[0];
        return new BenchmarkSummary
        {
            Version = ProductVersion.Current,
            MadeAt = madeAt,
            Contexts = [.. plan.Contexts.Select(context => context.Name)],
            Seeds = plan.Seeds,
            Reference = reference,
            Budgets = [.. plan.Budgets.Select(budget => OfBudget(RunTable.Of(plan, log, budget), reference))],
            Curves = CurveSummarizer.Of(plan, log),
        };
    }

    private static BudgetSummary OfBudget(RunTable table, string reference) => new(
        table.Budget,
        [.. table.Strategies.Select(strategy => OfStrategy(table, strategy, reference))],
        table.Strategies.Count > 1 ? [.. table.Contexts.Select(context => OfContext(table, context, reference))] : []);

    private static StrategySummary OfStrategy(RunTable table, string strategy, string reference)
    {
        BenchmarkRow[] rows = [.. table.Rows(strategy)];
        return new StrategySummary
        {
            Strategy = strategy,
            Proposer = rows[0].Proposer,
            Runs = rows.Length,
            Labels = rows.Average(row => row.Labels),
            Scored = rows.Average(row => row.Scored),
            Invalid = rows.Average(row => row.Invalid),
            Duplicates = rows.Average(row => row.Duplicates),
            Seconds = rows.Average(row => row.Seconds),
            Metrics = [.. Metric.All.Select(metric => OfMetric(table, strategy, reference, metric))],
        };
    }

    private static MetricSummary OfMetric(RunTable table, string strategy, string reference, Metric metric)
    {
        SampleMoments overSeeds = SampleMoments.Of(table.SeedMeans(strategy, metric));
        string[] others = [.. table.Strategies.Where(other => other != reference)];
        double[] pValues = [.. others.Select(other => WilcoxonSignedRank.Test(table.Differences(reference, other, metric)).PValue)];
        int place = Array.IndexOf(others, strategy);
        return new MetricSummary
        {
            Metric = metric.Name,
            Mean = overSeeds.Mean,
            Deviation = overSeeds.Deviation,
            Rank = table.MeanRank(strategy, metric),
            ReferenceLead = place < 0 ? null : table.Differences(reference, strategy, metric).Average(),
            PValue = place < 0 ? null : pValues[place],
            HolmPValue = place < 0 ? null : HolmCorrection.Adjust(pValues)[place],
        };
    }

    private static ContextSummary OfContext(RunTable table, string context, string reference) => new(
        context,
        [.. Metric.All.Select(metric => OfRival(table, context, reference, metric)).OfType<RivalSummary>()],
        [
            .. table.Strategies.Select(strategy => new StrategyContext(
                strategy,
                [.. Metric.All.Select(metric => SampleMoments.Of([.. table.Rows(strategy, context).Select(row => metric.Of(row.Quality))]))])),
        ]);

    private static RivalSummary? OfRival(RunTable table, string context, string reference, Metric metric)
    {
        // By Loss less is better, for every measure.
        string? rival = table.Strategies
            .Where(strategy => strategy != reference && !strategy.StartsWith($"{reference}-", StringComparison.Ordinal))
            .MinBy(strategy => table.Rows(strategy, context).Average(row => metric.Loss(row.Quality)));
        if (rival is null)
        {
            return null;
        }

        SampleMoments lead = SampleMoments.Of(
            [.. table.Rows(rival, context).Zip(table.Rows(reference, context), (theirs, own) => metric.Loss(theirs.Quality) - metric.Loss(own.Quality))]);
        return new RivalSummary(metric.Name, rival, lead.Mean, lead.StandardError);
    }
}

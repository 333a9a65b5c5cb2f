using PelNas.Shared.Comparison.Statistics;
using PelNas.Shared.Comparison.Strategies;

namespace PelNas.Shared.Comparison;

/// <summary>Makes the summary of a finished benchmark. The same tables give the same summary.</summary>
public static class BenchmarkSummarizer
{
    /// <summary>Summarises the runs of a plan.</summary>
    /// <param name="log">The tables, with all rows of the plan.</param>
    /// <param name="madeAt">Time to put on the summary.</param>
    /// <exception cref="InvalidOperationException">A row is missing.</exception>
    public static BenchmarkSummary Summarize(BenchmarkPlan plan, BenchmarkLog log, DateTimeOffset madeAt)
    {
        string[] names = [.. plan.Strategies.Select(strategy => strategy.Name)];
        string reference = names.Contains(StrategyCatalog.PelNas) ? StrategyCatalog.PelNas : names[0];
        return new BenchmarkSummary
        {
            Version = ProductVersion.Current,
            MadeAt = madeAt,
            Contexts = [.. plan.Contexts.Select(context => context.Name)],
            LabelsFrom = plan.LabelsFrom,
            Ceiling = OfCeiling(plan),
            Seeds = plan.Seeds,
            Reference = reference,
            Budgets = [.. plan.Budgets.Select(budget => OfBudget(RunTable.Of(plan, log, budget), reference))],
            Curves = CurveSummarizer.Of(plan, log),
        };
    }

    private static CeilingSummary? OfCeiling(BenchmarkPlan plan)
    {
        ContextCeiling[] contexts =
        [
            .. plan.Contexts.Where(context => context.HasAccuracies)
                .Select(context => (context.Name, Quality: context.Metrics.Ceiling(plan.LabelsFrom)))
                .Where(context => context.Quality is not null)
                .Select(context => new ContextCeiling(context.Name, [.. Metric.All.Select(metric => metric.Of(context.Quality!))])),
        ];
        return contexts.Length == 0
            ? null
            : new CeilingSummary([.. Metric.All.Select((_, place) => contexts.Average(context => context.Metrics[place]))], contexts);
    }

    private static BudgetSummary OfBudget(RunTable table, string reference) => new(
        table.Budget,
        OfStrategies(table, reference),
        table.Strategies.Count > 1 ? [.. table.Contexts.Select(context => OfContext(table, context, reference))] : []);

    private static StrategySummary[] OfStrategies(RunTable table, string reference)
    {
        Dictionary<Metric, Dictionary<string, ReferenceTest>> tests
            = Metric.All.ToDictionary(metric => metric, metric => ReferenceTest.Of(table, reference, metric));
        return [.. table.Strategies.Select(strategy => OfStrategy(table, strategy, tests))];
    }

    private static StrategySummary OfStrategy(
        RunTable table, string strategy, Dictionary<Metric, Dictionary<string, ReferenceTest>> tests)
    {
        BenchmarkRow[] rows = [.. table.Rows(strategy)];
        return new StrategySummary
        {
            Strategy = strategy,
            Proposer = rows[0].Proposer,
            Runs = rows.Length,
            Labels = rows.Average(row => row.Labels),
            Functions = rows.Average(row => row.Functions),
            Scored = rows.Average(row => row.Scored),
            Invalid = rows.Average(row => row.Invalid),
            Duplicates = rows.Average(row => row.Duplicates),
            Origins = LabelOrigins.Mean([.. rows.Select(row => row.Origins)]),
            Seconds = rows.Average(row => row.Seconds),
            Metrics = [.. Metric.All.Select(metric => OfMetric(table, strategy, metric, tests[metric].GetValueOrDefault(strategy)))],
        };
    }

    private static MetricSummary OfMetric(RunTable table, string strategy, Metric metric, ReferenceTest? test)
    {
        SampleMoments overSeeds = SampleMoments.Of(table.SeedMeans(strategy, metric));
        return new MetricSummary
        {
            Metric = metric.Name,
            Mean = overSeeds.Mean,
            Deviation = overSeeds.Deviation,
            Rank = table.MeanRank(strategy, metric),
            ReferenceLead = test?.Lead,
            PValue = test?.PValue,
            HolmPValue = test?.HolmPValue,
        };
    }

    private static ContextSummary OfContext(RunTable table, string context, string reference) => new(
        context,
        [.. Metric.All.Select(metric => OfRival(table, context, reference, metric)).OfType<RivalSummary>()],
        [
            .. table.Strategies.Select(strategy => new StrategyContext(
                strategy,
                [.. Metric.All.Select(metric =>
                    SampleMoments.Of([.. table.Rows(strategy, context).Select(row => metric.Of(row.Quality))]))])),
        ]);

    private static RivalSummary? OfRival(RunTable table, string context, string reference, Metric metric)
    {
        // Loss is such that less is better, for every measure.
        string? rival = table.Strategies
            .Where(strategy => strategy != reference && !strategy.StartsWith($"{reference}-", StringComparison.Ordinal))
            .MinBy(strategy => table.Rows(strategy, context).Average(row => metric.Loss(row.Quality)));
        if (rival is null)
        {
            return null;
        }

        SampleMoments lead = SampleMoments.Of(
            [.. table.Rows(rival, context)
                .Zip(table.Rows(reference, context), (theirs, own) => metric.Loss(theirs.Quality) - metric.Loss(own.Quality))]);
        return new RivalSummary(metric.Name, rival, lead.Mean, lead.StandardError);
    }
}

using PelNas.Shared.Comparison.Statistics;

namespace PelNas.Shared.Comparison;

/// <summary>Means of the curves of a benchmark, over contexts and then seeds.</summary>
internal static class CurveSummarizer
{
    /// <summary>One curve per strategy, of the runs that have one at all points; a strategy without such runs has no points.</summary>
    public static IReadOnlyList<StrategyCurve> Of(BenchmarkPlan plan, BenchmarkLog log)
    {
        int budget = plan.Budgets[^1];
        HashSet<string> contexts = [.. plan.Contexts.Select(context => context.Name)];
        HashSet<int> seeds = [.. plan.Seeds];
        ILookup<string, CurveRow> byStrategy = log.Curves()
            .Where(row => row.Key.Budget == budget && row.Key.LabelsFrom == plan.LabelsFrom && contexts.Contains(row.Key.Context)
                && seeds.Contains(row.Key.Seed))
            .ToLookup(row => row.Key.Strategy);
        return
        [
            .. plan.Strategies.Select(strategy => new StrategyCurve(
                strategy.Name,
                budget,
                [
                    .. byStrategy[strategy.Name].GroupBy(row => row.Labels)
                        .Where(point => point.Count() == contexts.Count * seeds.Count)
                        .OrderBy(point => point.Key)
                        .Select(point => new CurvePoint(point.Key, [.. Metric.All.Select(metric => Value(point, metric))])),
                ])),
        ];
    }

    private static CurveValue Value(IEnumerable<CurveRow> point, Metric metric)
    {
        SampleMoments moments = SampleMoments.Of(
            [.. point.GroupBy(row => row.Key.Seed).OrderBy(seed => seed.Key).Select(seed => seed.Average(row => metric.Of(row.Quality)))]);
        return new CurveValue(moments.Mean, moments.HalfWidth95);
    }
}

using PelNas.Shared.Comparison.Statistics;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison;

/// <summary>What a benchmark came to, as in summary.json.</summary>
public sealed record BenchmarkSummary
{
    /// <summary>Version of the product.</summary>
    public required string Version { get; init; }

    /// <summary>When the summary was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The machine that made the summary; null where nobody said.</summary>
    public string? Machine { get; init; }

    /// <summary>The command that makes the same table again; null where nobody said.</summary>
    public string? Command { get; init; }

    /// <summary>Contexts compared on.</summary>
    public required IReadOnlyList<string> Contexts { get; init; }

    /// <summary>Which accuracies the labels were: one of <see cref="LabelSources"/>. Fronts are judged on test accuracy.</summary>
    public required string LabelsFrom { get; init; }

    /// <summary>What paying for every label comes to; null for labels that are test accuracies, where it is full marks.</summary>
    public CeilingSummary? Ceiling { get; init; }

    /// <summary>Seeds.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The strategy that the others are tested against.</summary>
    public required string Reference { get; init; }

    /// <summary>One comparison a budget, ascending.</summary>
    public required IReadOnlyList<BudgetSummary> Budgets { get; init; }

    /// <summary>Means on the way of the runs at the largest budget.</summary>
    public required IReadOnlyList<StrategyCurve> Curves { get; init; }
}

/// <summary>
/// The exact front of the validation accuracies, judged on test accuracy. What it lacks is the noise between the two. It is no bound: out
/// of fewer labels a front is chosen less by their noise.
/// </summary>
/// <param name="Metrics">Means over the contexts, in the order of <see cref="Metric.All"/>.</param>
/// <param name="Contexts">The same by context.</param>
public sealed record CeilingSummary(IReadOnlyList<double> Metrics, IReadOnlyList<ContextCeiling> Contexts);

/// <summary>The ceiling in one context.</summary>
/// <param name="Metrics">Measures, in the order of <see cref="Metric.All"/>.</param>
public sealed record ContextCeiling(string Context, IReadOnlyList<double> Metrics);

/// <summary>The comparison at one budget.</summary>
/// <param name="Budget">Labels that could be paid.</param>
/// <param name="Strategies">Each strategy over all contexts.</param>
/// <param name="Contexts">The reference in each context; empty when it is the only strategy.</param>
public sealed record BudgetSummary(int Budget, IReadOnlyList<StrategySummary> Strategies, IReadOnlyList<ContextSummary> Contexts);

/// <summary>One strategy at one budget, over all contexts.</summary>
public sealed record StrategySummary
{
    /// <summary>Name.</summary>
    public required string Strategy { get; init; }

    /// <summary>Who proposed, or null for a strategy without a proposer.</summary>
    public required string? Proposer { get; init; }

    /// <summary>Number of runs.</summary>
    public required int Runs { get; init; }

    /// <summary>Mean number of labels paid.</summary>
    public required double Labels { get; init; }

    /// <summary>Mean number of distinct functions among the labelled architectures.</summary>
    public required double Functions { get; init; }

    /// <summary>Mean number of architectures whose latency was looked up or whose accuracy was predicted, taken up or not.</summary>
    public required double Scored { get; init; }

    /// <summary>Mean number of illegal proposals.</summary>
    public required double Invalid { get; init; }

    /// <summary>Mean number of repeated proposals.</summary>
    public required double Duplicates { get; init; }

    /// <summary>Mean numbers of labels by origin; null for a strategy that does not distinguish.</summary>
    public LabelOrigins? Origins { get; init; }

    /// <summary>Mean time of a run, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Each measure.</summary>
    public required IReadOnlyList<MetricSummary> Metrics { get; init; }
}

/// <summary>One measure of one strategy at one budget.</summary>
public sealed record MetricSummary
{
    /// <summary>Name of the measure.</summary>
    public required string Metric { get; init; }

    /// <summary>Mean over all runs.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation, over the seeds, of the mean over the contexts.</summary>
    public required double Deviation { get; init; }

    /// <summary>Mean rank among the strategies of the same context and seed; 1 is best, equal values share their mean rank.</summary>
    public required double Rank { get; init; }

    /// <summary>Reference less this strategy, mean over all pairs of runs; null for the reference itself.</summary>
    public required double? ReferenceLead { get; init; }

    /// <summary>Two-sided p-value of Wilcoxon's signed-rank test over all pairs of runs; null for the reference itself.</summary>
    public required double? PValue { get; init; }

    /// <summary>The same with Holm's correction over the other strategies of this budget and measure.</summary>
    public required double? HolmPValue { get; init; }
}

/// <summary>The reference in one context, against the best of the other strategies there by each measure.</summary>
/// <param name="Metrics">Each measure.</param>
/// <param name="Strategies">Mean and deviation over the seeds of each strategy's measures.</param>
public sealed record ContextSummary(string Context, IReadOnlyList<RivalSummary> Metrics, IReadOnlyList<StrategyContext> Strategies);

/// <summary>The reference against the best other strategy, by one measure in one context.</summary>
/// <param name="Rival">The strategy with the best mean among the others; ablations of the reference do not count.</param>
/// <param name="Lead">Mean of the paired differences, with its sign turned so that over 0 is good for the reference.</param>
/// <param name="StandardError">Standard error of that mean.</param>
public sealed record RivalSummary(string Metric, string Rival, double Lead, double StandardError);

/// <summary>One strategy in one context.</summary>
/// <param name="Metrics">Moments over the seeds, in the order of <see cref="Metric.All"/>.</param>
public sealed record StrategyContext(string Strategy, IReadOnlyList<SampleMoments> Metrics);

/// <summary>The course of a strategy.</summary>
/// <param name="Budget">Budget of the runs.</param>
/// <param name="Points">Points, by labels.</param>
public sealed record StrategyCurve(string Strategy, int Budget, IReadOnlyList<CurvePoint> Points);

/// <summary>A point of a curve.</summary>
/// <param name="Metrics">
/// Mean of each measure and half the width of its 95 % confidence interval, in the order of <see cref="Metric.All"/>.
/// </param>
public sealed record CurvePoint(int Labels, IReadOnlyList<CurveValue> Metrics);

/// <summary>A mean with its confidence interval.</summary>
/// <param name="Mean">Mean over the seeds of the mean over the contexts.</param>
/// <param name="HalfWidth95">Half the width of the 95 % confidence interval, by Student's t over the seeds.</param>
public sealed record CurveValue(double Mean, double HalfWidth95);

namespace PelNas.Shared.Comparison;

/// <summary>What the figures of a benchmark mean, in the words that every report uses.</summary>
internal static class BenchmarkNotes
{
    public static string Definitions(string reference) =>
        "Means over all runs ± standard deviation, over the seeds, of the mean over the contexts. "
        + "Ranks are means within context and seed, in the order of the measures; 1 is best. "
        + $"▲ is better and ▼ worse than {reference} with p <= 0.05 by Wilcoxon's signed-rank test over all pairs of context and seed, "
        + "two-sided, with Holm's correction over the strategies. "
        + "A label is one true accuracy looked up. Functions: distinct functions among the labelled architectures; "
        + "another label of one of them buys the luck of another training, which flatters the measures. "
        + "Only labelled architectures count: their front is chosen by the labels and judged on test accuracy. "
        + "Latency and error are scaled to 0..1 over the whole context, reference point (1, 1). "
        + "Hypervolume ratio: share of the exact front's hypervolume. "
        + "IGD: mean distance from an exact front point to the nearest found one. "
        + "Front hit rate: share of exact front points found. "
        + "Live: the same within ten points of the best accuracy. "
        + "Ceiling: the exact front of the validation accuracies, judged on test accuracy. "
        + "Scored: architectures whose latency was looked up or whose accuracy was predicted, taken up or not. "
        + "Invalid, duplicates: illegal and repeated proposals. All three a run. "
        + "Seconds: wall-clock time of a run among others.";
}

using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison;

/// <summary>What a row is about.</summary>
/// <param name="Context">Name of the context, <c>cifar10:fpga</c>.</param>
/// <param name="LabelsFrom">Which accuracies the labels are: one of <see cref="LabelSources"/>.</param>
/// <param name="Budget">Labels that could be paid.</param>
public readonly record struct BenchmarkKey(string Strategy, string Context, string LabelsFrom, int Seed, int Budget);

/// <summary>One run at one budget, a line of benchmark.csv.</summary>
public sealed record BenchmarkRow
{
    /// <summary>Strategy, context, seed and budget.</summary>
    public required BenchmarkKey Key { get; init; }

    /// <summary>Who proposed, or null for a strategy without a proposer.</summary>
    public required string? Proposer { get; init; }

    /// <summary>Labels paid; fewer than the budget when the strategy had nothing left to try.</summary>
    public required int Labels { get; init; }

    /// <summary>Distinct functions among the labelled architectures.</summary>
    public required int Functions { get; init; }

    /// <summary>Quality of the front of the labelled architectures, chosen by the labels and judged on test accuracy.</summary>
    public required FrontQuality Quality { get; init; }

    /// <summary>Architectures whose latency was looked up or whose accuracy was predicted.</summary>
    public required int Scored { get; init; }

    /// <summary>Proposals that were no legal candidate.</summary>
    public required int Invalid { get; init; }

    /// <summary>Proposals of what had been tried before.</summary>
    public required int Duplicates { get; init; }

    /// <summary>
    /// Where the labels came from; null for a strategy that does not distinguish, and for a budget that another run's stands for.
    /// </summary>
    public LabelOrigins? Origins { get; init; }

    /// <summary>Wall-clock time until the last of these labels, with as many runs at a time as the benchmark had workers, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Version of the product that made the run.</summary>
    public string Version { get; init; } = ProductVersion.Current;
}

/// <summary>Quality on the way of a run, a line of curves.csv.</summary>
/// <param name="Key">The run.</param>
/// <param name="Labels">Labels paid so far.</param>
/// <param name="Quality">Quality of the front so far.</param>
public sealed record CurveRow(BenchmarkKey Key, int Labels, FrontQuality Quality);

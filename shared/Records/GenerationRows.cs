namespace PelNas.Shared.Records;

/// <summary>
/// What one step has written of a generation. One step writes a row, and it writes it once: a step that runs again finds what it wrote
/// before and keeps to it. Table <c>Generations</c>, key ({run}, <see cref="Key"/>).
/// </summary>
public interface IGenerationRow
{
    /// <summary>The row's key within its run.</summary>
    GenerationKey Key { get; }
}

/// <summary>Key of a row of a generation: by generation first, so that what is new since one is a range.</summary>
/// <param name="Generation">Generation; 0 is the seed population.</param>
/// <param name="Kind">One of <see cref="GenerationKinds"/>.</param>
/// <param name="Partition">Partition, or null for what concerns the whole run.</param>
public readonly record struct GenerationKey(int Generation, string Kind, int? Partition = null)
{
    /// <summary>The key as stored, <c>000003:proposals:002</c>.</summary>
    public override string ToString() => $"{Stamp(Generation)}:{Kind}{(Partition is { } partition ? $":{partition:D3}" : "")}";

    /// <summary>What the keys of a generation begin with, and the keys of earlier generations sort before.</summary>
    public static string Stamp(int generation) => generation.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>The kind in a stored key.</summary>
    public static string KindOf(string key) => key.Split(':')[1];
}

/// <summary>The kinds of rows of a generation.</summary>
public static class GenerationKinds
{
    /// <summary><see cref="HeuristicsRow"/>.</summary>
    public const string Heuristics = "heuristics";

    /// <summary><see cref="PoolRow"/>.</summary>
    public const string Pool = "pool";

    /// <summary><see cref="ProposalsRow"/>.</summary>
    public const string Proposals = "proposals";

    /// <summary><see cref="ScoresRow"/>.</summary>
    public const string Scores = "scores";

    /// <summary><see cref="LabelsRow"/>.</summary>
    public const string Labels = "labels";

    /// <summary><see cref="FrontRow"/>.</summary>
    public const string Front = "front";
}

/// <summary>The candidates that a generation added to a partition, and how they came about.</summary>
/// <param name="Round">What the generation did; labels and archive stand in <see cref="FrontRow"/>.</param>
/// <param name="Candidates">The candidates, by index.</param>
/// <param name="NeededUsd">What a call that its allowance had no room for could have cost, US dollars; null where all fitted.</param>
/// <param name="Spent">
/// What the partition's account was charged in this generation, calls whose answers were lost included; null where it has none.
/// </param>
public sealed record ProposalsRow(RoundRow Round, IReadOnlyList<CandidateRow> Candidates, double? NeededUsd = null, ChatUsage? Spent = null)
    : IGenerationRow
{
    GenerationKey IGenerationRow.Key => new(Round.Generation, GenerationKinds.Proposals, Round.Partition);

    /// <summary>What the search goes by.</summary>
    public ProposalCounts ToCounts() => ProposalCounts.Of(Round.Accepted, Round.Usage, Spent, NeededUsd);
}

/// <summary>What is known without training of the candidates that a generation added to a partition.</summary>
/// <param name="Candidates">Latency of each that has one, and the prediction where there was a predictor; by index.</param>
public sealed record ScoresRow(int Partition, int Generation, IReadOnlyList<CandidateRow> Candidates) : IGenerationRow
{
    GenerationKey IGenerationRow.Key => new(Generation, GenerationKinds.Scores, Partition);
}

/// <summary>The labels that a generation paid for, over all partitions.</summary>
/// <param name="Candidates">Accuracy of each, and the prediction that it was bought on; in the order of purchase.</param>
public sealed record LabelsRow(int Generation, IReadOnlyList<CandidateRow> Candidates) : IGenerationRow
{
    GenerationKey IGenerationRow.Key => new(Generation, GenerationKinds.Labels);
}

/// <summary>The front after a generation, and what the generation came to in the whole run.</summary>
/// <param name="Round">The whole run's round.</param>
/// <param name="Labels">Labels paid for so far.</param>
/// <param name="Unlabelled">Candidates with a live path that have no label yet.</param>
/// <param name="Partitions">Labels of the generation and archive after it, by partition.</param>
public sealed record FrontRow(RoundRow Round, Front Front, int Labels, int Unlabelled, IReadOnlyList<PartitionArchive> Partitions)
    : IGenerationRow
{
    GenerationKey IGenerationRow.Key => new(Round.Generation, GenerationKinds.Front);

    /// <summary>The front in numbers.</summary>
    public GenerationFront ToNumbers() => new(Round.Generation, Labels, Front.Points.Count, Round.Hypervolume ?? 0, Unlabelled);
}

/// <summary>What a generation came to in one partition.</summary>
/// <param name="Labels">Labels paid for in this generation.</param>
/// <param name="Archive">Non-dominated labelled candidates after it.</param>
public sealed record PartitionArchive(int Partition, int Labels, int Archive);

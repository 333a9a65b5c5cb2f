namespace PelNas.Shared.Records;

/// <summary>The design rules of one partition as rewritten in one generation.</summary>
public sealed record HeuristicsRow : IGenerationRow
{
    /// <summary>Partition.</summary>
    public required int Partition { get; init; }

    /// <summary>Generation that rewrote them.</summary>
    public required int Generation { get; init; }

    /// <summary>The rules, most trusted first.</summary>
    public required IReadOnlyList<Heuristic> Rules { get; init; }

    /// <summary>What the call cost.</summary>
    public required ChatUsage Usage { get; init; }

    /// <summary>What came of the calls.</summary>
    public AnswerTally Answers { get; init; } = AnswerTally.None;

    GenerationKey IGenerationRow.Key => new(Generation, GenerationKinds.Heuristics, Partition);
}

namespace PelNas.Shared.Records;

/// <summary>The answers of a run's proposer up to a generation.</summary>
/// <param name="All">All of them.</param>
/// <param name="WorstGeneration">The generation in which the largest share could not be used, or null when all could be.</param>
/// <param name="Worst">The answers of that generation.</param>
public sealed record RunAnswers(AnswerTally All, int? WorstGeneration = null, AnswerTally? Worst = null)
{
    /// <summary>No answer.</summary>
    public static RunAnswers None { get; } = new(AnswerTally.None);

    /// <summary>With the answers of the next generation.</summary>
    public RunAnswers With(int generation, AnswerTally answers)
        => answers.UnusableShare() > (Worst?.UnusableShare() ?? 0)
            ? new(All + answers, generation, answers)
            : this with { All = All + answers };

    /// <summary>
    /// What the reader of the result has to know first: that a third or more of the answers of the run, or of a generation, could not be
    /// used; null when it is not so. Ends in untrusted text.
    /// </summary>
    public string? Warning()
    {
        string? ofGeneration = Worst?.IsAlarming() == true
            ? $"in generation {WorstGeneration}, {Worst.Describe()}"
            : null;
        return All.IsAlarming() ? All.Describe() : ofGeneration;
    }
}

namespace PelNas.Cli.Searching;

/// <summary>What a generation that is not finished waits for, by the rows that its steps have written.</summary>
internal static class Waiting
{
    /// <summary>One line, the most telling first, since a narrow terminal shows only its start.</summary>
    /// <param name="rows">What its steps have written so far.</param>
    /// <param name="waited">Since the last generation ended, or the search was started.</param>
    /// <param name="rest">An estimate of what remains, this generation included, or null.</param>
    /// <param name="fault">Why the provider last gave no answer, or null.</param>
    public static string Line(
        RunRow run, int generation, IReadOnlyList<IGenerationRow> rows, TimeSpan waited, TimeSpan? rest, string? fault = null)
    {
        if (fault is not null)
        {
            return $"gen {generation,2}/{run.Request.Generations}  trying again for {Length(waited)}: {fault}";
        }

        string left = rest is { } time ? $", about {Length(time)} left" : "";
        return $"gen {generation,2}/{run.Request.Generations}  waiting {Length(waited)} for {For(run, generation, rows)}{left}";
    }

    private static string For(RunRow run, int generation, IReadOnlyList<IGenerationRow> rows)
    {
        int partitions = run.Partitions.Count;
        int proposed = rows.OfType<ProposalsRow>().Count();
        return proposed < partitions
            ? $"the {(generation == 0 ? "seeds" : "proposer")} ({proposed} of {partitions} partitions done)"
            : rows.OfType<ScoresRow>().Count() < partitions ? "scores"
            : rows.OfType<LabelsRow>().Any() ? "the front"
            : "labels";
    }

    private static string Length(TimeSpan time) => time.TotalMinutes < 2
        ? $"{Math.Ceiling(time.TotalSeconds):0} s"
        : $"{Math.Ceiling(time.TotalMinutes):0} min";
}
